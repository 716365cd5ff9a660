// One file, so that the browser starts and the reports are made only once.
import './opening.mjs';
import './hostile.mjs';
import './policy.mjs';
import './accessibility.mjs';
import './layout.mjs';
import './keyboard.mjs';
import './controls.mjs';
import './plain.mjs';
import './print.mjs';
