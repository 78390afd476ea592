// Dialogs and menus. A link or button with data-dialog="ID" opens <dialog id="ID">; without this script it leads on to
// its own address, so every act can be done on a page as well. [data-close] closes; Esc and the way back are the browser's.
// Work begins where there is something to do: at what was refused, else at the first field; where a keyboard would cover
// half of the screen, and where there is no field, at the heading.
function begin(dialog) {
  dialog.showModal();
  const wrong = dialog.querySelector("[aria-invalid=true]");
  const field = matchMedia("(pointer: coarse)").matches ? null : dialog.querySelector("textarea, input:not([type=hidden]), select");
  (wrong ?? field ?? dialog.querySelector("h2")).focus();
}

// What was typed is not thrown away by a click beside the dialog.
document.addEventListener("input", (event) => event.target.closest("dialog")?.setAttribute("data-typed", ""));
const holdsWork = (dialog) => "typed" in dialog.dataset || dialog.querySelector("[role=alert]");

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      begin(dialog);
    }
    return;
  }
  const closer = event.target.closest("dialog [data-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
    return;
  }
  if (event.target instanceof HTMLDialogElement && !holdsWork(event.target)) event.target.close(); // the ground around it
  for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

// A form refused by the server comes back inside its dialog: open it again, so that nothing typed is lost.
function reopen(root) {
  for (const dialog of root.querySelectorAll("dialog[data-open]")) if (!dialog.open) begin(dialog);
}
reopen(document);
document.addEventListener("htmx:afterSwap", (event) => reopen(event.target));

// A form is sent once: the second press of the same button does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent && form.method === "post") event.preventDefault();
  else if (form.method === "post" && !form.hasAttribute("hx-post")) form.dataset.sent = "1";
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Toasts can be put away; they never vanish by themselves, for people who read slowly.
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest("[data-toast]")?.remove());

// When the server cannot answer a fragment, say so instead of leaving the page as if nothing had been pressed.
function tell(words) {
  const place = document.getElementById("toasts");
  const card = document.getElementById("toast-template")?.content.firstElementChild.cloneNode(true);
  if (!place || !card) return;
  card.querySelector("[data-words]").textContent = words;
  place.append(card);
}
document.addEventListener("htmx:sendError", () => tell(document.body.dataset.offline));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500) tell(document.body.dataset.failed);
});
