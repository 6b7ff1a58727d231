// Sets light or dark before the first paint: the reader's choice, or else the system's.
"use strict";
(() => {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("scm-theme");
    } catch {
      return null; // storage is blocked
    }
  };
  const dark = () => (stored() ? stored() === "dark" : system.matches);

  const apply = () => {
    document.documentElement.dataset.theme = dark() ? "dark" : "light";
    document.body?.classList.toggle("dark", dark());
    document.getElementById("theme-toggle")?.setAttribute("aria-pressed", String(dark()));
  };

  apply();
  system.addEventListener("change", apply);
  addEventListener("DOMContentLoaded", () => {
    apply();
    // Gradio sets the class by the system alone, after this.
    new MutationObserver(() => {
      if (document.body.classList.contains("dark") !== dark()) apply();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    document.getElementById("theme-toggle").addEventListener("click", () => {
      try {
        localStorage.setItem("scm-theme", dark() ? "light" : "dark");
      } catch {
        return;
      }
      apply();
    });
  });
})();
