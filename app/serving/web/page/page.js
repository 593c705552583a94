// After the terminal's own script: it starts once its font is there, has the keys at once, and begins anew at a kiosk.
"use strict";
(() => {
  const start = window.onload;
  window.onload = async (event) => {
    const faces = ["16px 'Roboto Mono'", "bold 16px 'Roboto Mono'", "italic 16px 'Roboto Mono'"];
    await Promise.allSettled(faces.map((face) => document.fonts.load(face)));
    start(event);
    const kiosk = document.body.dataset.kiosk === "yes";
    const focus = () => {
      const field = document.querySelector(".-connected .xterm-helper-textarea");
      if (field && !document.body.classList.contains("-closed")) field.focus({ preventScroll: true });
    };
    for (const name of ["focus", "pointerup", "pageshow"]) window.addEventListener(name, () => setTimeout(focus));
    document.getElementById("again").addEventListener("click", () => window.location.replace("/"));
    new MutationObserver(() => {
      if (document.body.classList.contains("-closed")) over(kiosk);
      else focus();
    }).observe(document.body, { attributes: true, attributeFilter: ["class"] });
    if (kiosk) shut();
  };

  let ending = false;
  async function over(kiosk) {
    if (ending) return;
    ending = true;
    document.getElementById("terminal").replaceChildren();
    if (!kiosk) {
      document.getElementById("again").focus();
      return;
    }
    for (let wait = 300; ; wait = Math.min(wait * 2, 5000)) {
      await new Promise((done) => setTimeout(done, wait));
      try {
        if ((await fetch("/", { cache: "no-store" })).ok) return window.location.replace("/");
      } catch {
        continue;
      }
    }
  }

  // What a browser would do with a key of its own stays undone; the terminal gets the key all the same.
  function shut() {
    const stop = (event) => event.preventDefault();
    window.addEventListener("contextmenu", stop, true);
    window.addEventListener("dragstart", stop, true);
    window.addEventListener("drop", stop, true);
    window.addEventListener("auxclick", stop, true);
    window.addEventListener("wheel", (event) => event.ctrlKey && stop(event), { capture: true, passive: false });
    window.addEventListener(
      "keydown",
      (event) => {
        if (event.getModifierState("AltGraph")) return;
        if (event.ctrlKey || event.metaKey || event.altKey || /^F\d/.test(event.key)) stop(event);
      },
      true,
    );
  }
})();
