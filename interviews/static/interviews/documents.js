/**
 * Says before sending that files are too large together: the server would refuse them too, but only
 * by ending the connection in the middle of the upload.
 *
 *     <form data-limit="52428800" data-too-large="Together ...">
 *       <input type="file" multiple> <p data-attach-fault></p>
 *     </form>
 */

const form = document.querySelector("form[data-limit]");
const input = form?.querySelector("input[type=file]");

function weigh() {
  const size = [...input.files].reduce((sum, file) => sum + file.size, 0);
  const fault = size > Number(form.dataset.limit) ? form.dataset.tooLarge : "";
  input.setCustomValidity(fault);
  form.querySelector("[data-attach-fault]").textContent = fault;
}

if (input) {
  input.addEventListener("change", weigh);
  // Files may have been chosen before this script was there.
  weigh();
}
