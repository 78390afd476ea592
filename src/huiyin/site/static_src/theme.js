// Light or dark: the button turns it over and leaves the choice in a cookie, which the server reads for the next page.
const year = 365 * 24 * 3600;

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "huiyin-dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

function show(dark) {
  for (const button of document.querySelectorAll("[data-theme-switch]")) button.setAttribute("aria-pressed", String(dark));
}

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-theme-switch]")) return;
  const dark = !isDark();
  document.documentElement.dataset.theme = dark ? "huiyin-dark" : "huiyin";
  document.cookie = `huiyin_theme=${dark ? "dark" : "light"}; path=/; max-age=${year}; samesite=lax`;
  show(dark);
});

show(isDark());
