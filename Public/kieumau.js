// What a page gains when scripts run; without them every page still works.

const root = document.documentElement;

// The theme chosen by hand is kept in a cookie, so that the server can draw the next page in it.
const remembered = document.cookie.match(/(?:^|; )theme=(light|dark)/)?.[1];
if (remembered) root.dataset.theme = remembered;
for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = isDark ? "light" : "dark";
    document.cookie = `theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=lax`;
  });
}

// After a refusal the reader begins at the summary.
document.querySelector("[data-focus]")?.focus();

const unsaved = new Set();

function mark(form, isUnsaved) {
  isUnsaved ? unsaved.add(form) : unsaved.delete(form);
  for (const said of form.querySelectorAll("[data-saved]")) said.hidden = isUnsaved;
  for (const said of form.querySelectorAll("[data-unsaved]")) said.hidden = !isUnsaved;
}

// A second press of a button that is already sending does nothing; the server would answer it the same.
function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("button[aria-disabled=true]")) {
    button.removeAttribute("aria-disabled");
    if (button.dataset.verb) button.textContent = button.dataset.verb;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  if (form.method !== "post") return;
  form.dataset.sent = "true";
  unsaved.delete(form);
  const pressed = event.submitter ?? form.querySelector("button:not([type=button])");
  // The form is read after this moment: the button may change its look, not its name and value.
  if (pressed?.dataset.busy) {
    pressed.dataset.verb = pressed.textContent;
    pressed.textContent = pressed.dataset.busy;
  }
  pressed?.setAttribute("aria-disabled", "true");
});

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-draft]")) mark(form, true);
});

addEventListener("beforeunload", (event) => {
  if (unsaved.size > 0) event.preventDefault();
});

// Back from the next page: the browser may show this one as it was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) release(form);
});

// Printed pages show every record whole, also where the browser's own sheet would keep a fold shut.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(".ones:not([open])")];
  for (const fold of opened) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of opened) fold.open = false;
});

// The QR code of a household's slip carries its code behind "#": no server, log or foreign page ever gets it. It is put
// into its field and taken out of the address.
const slip = document.querySelector("[data-slip]");
if (slip && /^#\d{16}$/.test(location.hash)) {
  slip.value = location.hash.slice(1).replace(/(\d{4})(?=\d)/g, "$1 ");
  history.replaceState(null, "", location.pathname);
}
