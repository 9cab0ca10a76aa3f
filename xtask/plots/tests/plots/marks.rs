//! Marks of a drawn picture, found again in its SVG, and the axes to read them by.

use roxmltree::{Document, Node};

/// Half of the units that a pixel has: marks are rounded to a tenth.
pub const PIXEL: f64 = 0.11;

pub fn parse_svg(svg: &str) -> Document<'_> {
    Document::parse(svg).unwrap_or_else(|error| panic!("{error} in {svg}"))
}

/// Every picture of a page, as it would be in a file.
pub fn inline(page: &str) -> Vec<String> {
    let ends = |svg: &str| svg.find("</svg>").expect("an end") + "</svg>".len();
    page.match_indices("<svg ")
        .map(|(start, _)| &page[start..])
        .map(|svg| {
            svg[..ends(svg)].replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1)
        })
        .collect()
}

pub fn number(node: &Node, attribute: &str) -> f64 {
    let value = node.attribute(attribute).unwrap_or_else(|| panic!("no {attribute}"));
    value.parse().unwrap_or_else(|_| panic!("{attribute} is {value}"))
}

pub fn of_class<'a>(
    svg: &'a Document,
    tag: &'a str,
    class: &'a str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    let has = move |node: &Node| {
        let classes = node.attribute("class").unwrap_or_default();
        node.has_tag_name(("http://www.w3.org/2000/svg", tag))
            && classes.split(' ').any(|one| one == class)
    };
    svg.descendants().filter(has)
}

/// The points of every line of a class.
pub fn lines(svg: &Document, class: &str) -> Vec<Vec<(f64, f64)>> {
    let point = |point: &str| {
        let (x, y) = point.split_once(',').expect("a point");
        (x.parse().expect("x"), y.parse().expect("y"))
    };
    of_class(svg, "polyline", class)
        .map(|line| line.attribute("points").expect("points").split(' ').map(point).collect())
        .collect()
}

/// Where the labels of an axis stand: their text and their place along it. `side` is how they are anchored: `middle` below a
/// chart, `end` to the left of it.
pub fn ticks(svg: &Document, side: &str) -> Vec<(String, f64)> {
    let along = if side == "middle" { "x" } else { "y" };
    svg.descendants()
        .filter(|node| {
            node.attribute("text-anchor") == Some(side) && node.attribute("transform").is_none()
        })
        .map(|node| (node.text().unwrap_or_default().to_owned(), number(&node, along)))
        .collect()
}

/// Where the axis has this label.
pub fn tick(svg: &Document, side: &str, label: &str) -> f64 {
    let ticks = ticks(svg, side);
    let found = ticks.iter().find(|(text, _)| text == label);
    found.unwrap_or_else(|| panic!("no {label} among {ticks:?}")).1
}
