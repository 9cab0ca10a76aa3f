//! What marks mean, and how that looks on a light and on a dark page.

use std::fmt::Write as _;

use plotters::element::PathElement;
use plotters::style::{Color, ShapeStyle};
use plotters_backend::BackendColor;

use crate::ink::px;

/// What a mark means. plotters takes it for a colour; the stylesheet knows what it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Ink,
    Soft,
    Grid,
    Paper,
    Measured,
    Ideal,
    Capacity,
    Beyond,
    Knee,
    Simulated,
    Limit,
    Lane,
    Even,
    Odd,
    Many,
    /// Many pieces at work: a pattern in the colour of `Many`.
    Comb,
    Letters,
}

/// A role's class and its colours on a light and on a dark page: Okabe and Ito's, darkened or lightened until a thin line
/// stands out from the page. Marks that could be confused differ in shape, dash or shade as well.
const PALETTE: [(Role, &str, &str, &str); 17] = [
    (Role::Ink, "ink", "#1a1a1a", "#ececec"),
    (Role::Soft, "soft", "#5a5a5a", "#ababab"),
    (Role::Grid, "grid", "#dedede", "#3c3f44"),
    (Role::Paper, "paper", "#ffffff", "#17191c"),
    (Role::Measured, "measured", "#0072b2", "#56b4e9"),
    (Role::Ideal, "ideal", "#4a4a4a", "#c8c8c8"),
    (Role::Capacity, "capacity", "#b87700", "#e69f00"),
    (Role::Beyond, "beyond", "#ededed", "#26292e"),
    (Role::Knee, "knee", "#d55e00", "#ff8a3d"),
    (Role::Simulated, "simulated", "#00795a", "#35c79c"),
    (Role::Limit, "limit", "#a3487f", "#e49ac4"),
    (Role::Lane, "lane", "#efefef", "#2a2d32"),
    (Role::Even, "even", "#3d9bd6", "#8fd0f5"),
    (Role::Odd, "odd", "#7cc4ee", "#3a93cc"),
    (Role::Many, "many", "#b35900", "#f0a24b"),
    (Role::Comb, "comb", "#b35900", "#f0a24b"),
    (Role::Letters, "letters", "#0b1a24", "#0b1a24"),
];

/// The look of every picture. Paper is light, whatever the screen is.
pub fn stylesheet() -> String {
    let mut sheet = String::from(
        "svg text{font-family:system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"DejaVu Sans\",sans-serif}\
         .ideal{stroke-dasharray:6 4}.limit{stroke-dasharray:12 4 2 4}",
    );
    for (_, class, light, _) in PALETTE {
        let _ = write!(sheet, ".{class}{{color:{light}}}");
    }
    sheet.push_str("@media screen and (prefers-color-scheme:dark){");
    for (_, class, _, dark) in PALETTE {
        let _ = write!(sheet, ".{class}{{color:{dark}}}");
    }
    sheet + "}"
}

impl Role {
    pub fn line(self, width: f64) -> ShapeStyle {
        self.stroke_width(px(width) as u32)
    }
}

pub fn line<Coord>(points: Vec<Coord>, role: Role, width: f64) -> PathElement<Coord> {
    PathElement::new(points, role.line(width))
}

impl Color for Role {
    /// The role's number in place of a red.
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (*self as u8, 0, 0) }
    }
}

pub fn class(color: BackendColor) -> &'static str {
    PALETTE
        .iter()
        .find(|(role, ..)| *role as u8 == color.rgb.0)
        .map_or("ink", |(_, class, ..)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// WCAG's contrast of two colours, `#rrggbb`.
    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |colour: &str| {
            let channel = |place: usize| {
                let byte = u8::from_str_radix(&colour[place..place + 2], 16).expect("hexadecimal");
                let share = f64::from(byte) / 255.0;
                if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
        };
        let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
        f64::max(one / other, other / one)
    }

    #[test]
    fn every_role_has_its_row() {
        for (index, (role, ..)) in PALETTE.iter().enumerate() {
            assert_eq!(*role as usize, index, "{role:?}");
        }
    }

    #[test]
    fn what_must_be_seen_or_read_stands_out_on_light_and_dark() {
        let look = |role: Role| {
            let (.., light, dark) = PALETTE[role as usize];
            [light, dark]
        };
        let seen = [
            Role::Measured,
            Role::Ideal,
            Role::Capacity,
            Role::Knee,
            Role::Simulated,
            Role::Limit,
            Role::Many,
        ];
        let seen = seen.map(|role| (role, Role::Paper, 3.0));
        let read = [
            (Role::Ink, Role::Paper, 7.0),
            (Role::Soft, Role::Paper, 4.5),
            (Role::Letters, Role::Even, 4.5),
            (Role::Letters, Role::Odd, 4.5),
            (Role::Even, Role::Odd, 1.5),
            (Role::Even, Role::Lane, 1.6),
            (Role::Odd, Role::Lane, 1.6),
        ];
        for (role, ground, least) in seen.into_iter().chain(read) {
            for (front, back) in look(role).into_iter().zip(look(ground)) {
                let contrast = contrast(front, back);
                assert!(
                    contrast >= least,
                    "{role:?} on {ground:?}, {front} on {back}: {contrast:.1}"
                );
            }
        }
    }
}
