/**
 * Drop zones: a file field that also takes dropped files and lists what was chosen. The field
 * works by itself; what was chosen before this runs, or before the way back here, is listed then.
 *
 *     <div class="drop-zone" data-drop-zone>
 *       <input type="file" name="files" multiple>
 *       <ul class="drop-zone-files" data-drop-zone-files></ul>
 *     </div>
 */

/** @param {number} bytes */
function readableSize(bytes) {
  const [size, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
  // A file of a few bytes is small, not nothing.
  const amount = bytes ? Math.max(size, 0.1) : 0;
  const format = { style: "unit", unit, maximumFractionDigits: amount < 10 ? 1 : 0 };
  return new Intl.NumberFormat(document.documentElement.lang, format).format(amount);
}

/** @param {HTMLElement} zone */
function list(zone) {
  const input = zone.querySelector("input[type=file]");
  const rows = [...input.files].map((file) => {
    const row = document.createElement("li");
    const name = document.createElement("span");
    const size = document.createElement("small");
    name.textContent = file.name;
    size.textContent = readableSize(file.size);
    row.append(name, size);
    return row;
  });
  zone.querySelector("[data-drop-zone-files]").replaceChildren(...rows);
}

/**
 * @param {HTMLElement} zone
 * @param {FileList} files
 */
function take(zone, files) {
  const input = zone.querySelector("input[type=file]");
  const chosen = new DataTransfer();
  for (const file of input.multiple ? files : [...files].slice(0, 1)) chosen.items.add(file);
  input.files = chosen.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function listAll() {
  document.querySelectorAll("[data-drop-zone]").forEach(list);
}

export function startDropZones() {
  // Fields that the browser fills in on the way back are filled when the page shows.
  listAll();
  window.addEventListener("pageshow", listAll);
  for (const type of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      const zone = event.target.closest?.("[data-drop-zone]");
      if (!zone || !event.dataTransfer?.types.includes("Files")) return;
      zone.classList.toggle("is-over", type === "dragover");
      if (type !== "dragleave") event.preventDefault();
      if (type === "drop") take(zone, event.dataTransfer.files);
    });
  }
  document.addEventListener("change", (event) => {
    const zone = event.target.closest("[data-drop-zone]");
    if (zone && event.target.type === "file") list(zone);
  });
}
