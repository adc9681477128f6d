/** Starts what every page has. Each module listens on the document, so swapped-in markup works too. */

import { startAutosize } from "./autosize.js";
import { startConfirm } from "./confirm.js";
import { startCopy } from "./copy.js";
import { startDialogs } from "./dialog.js";
import { startDropZones } from "./drop-zone.js";
import { startEmptyFields } from "./empty-fields.js";
import { startFirstError } from "./first-error.js";
import { startHtmx } from "./htmx.js";
import { startMenus } from "./menu.js";
import { startNarrowing } from "./narrow.js";
import { startPalette } from "./palette.js";
import { startSignOut } from "./sign-out.js";
import { startTheme } from "./theme.js";
import { startToasts } from "./toasts.js";
import { startUnsaved } from "./unsaved.js";

startTheme();
startToasts();
startMenus();
startNarrowing();
startDialogs();
startConfirm();
startCopy();
startDropZones();
startAutosize();
startUnsaved();
startEmptyFields();
startSignOut();
startHtmx();
startPalette();
startFirstError();
