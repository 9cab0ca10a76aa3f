// Conveniences; everything can be read without them.

// A keyboard need not go through the table of contents on every page.
const skip = document.createElement("a");
skip.className = "skip";
skip.href = "#mdbook-content";
skip.textContent = "Skip to the text";
document.body.prepend(skip);

// The button for the table of contents is a label, which no keyboard reaches.
const contents = document.getElementById("mdbook-sidebar-toggle");
contents.setAttribute("role", "button");
contents.tabIndex = 0;
contents.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        contents.click();
    }
});

// In what scrolls sideways the arrows scroll; elsewhere they turn the page.
addEventListener("keydown", (event) => {
    const scrolls = event.target instanceof Element && event.target.closest("pre, .table-wrapper, .scroll");
    if (scrolls) event.stopPropagation();
}, true);

// A link to what is folded unfolds it.
const unfold = () => {
    let target = document.getElementById(location.hash.slice(1));
    for (; target; target = target.parentElement) {
        if (target instanceof HTMLDetailsElement) target.open = true;
    }
};
addEventListener("hashchange", unfold);
unfold();
