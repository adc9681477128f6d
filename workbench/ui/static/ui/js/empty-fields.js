/** A filter's empty fields stay out of the address, so that a link which is passed on is short. */

export function startEmptyFields() {
  document.addEventListener("formdata", (event) => {
    if (event.target.method !== "get") return;
    for (const [name, value] of [...event.formData]) {
      if (value === "") event.formData.delete(name);
    }
  });
}
