// Print the reasons sheet; the stylesheet hides everything else.
document.addEventListener("click", function (event) { if (event.target.id === "print") window.print(); });
