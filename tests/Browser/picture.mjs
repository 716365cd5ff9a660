// Makes docs/report.png: the tiles, the first findings, and the chart of the sample account.
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { launch, whyNoBrowser } from './browser.mjs';
import { makeFolder, makeSample } from './reports.mjs';

const picture = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'docs', 'report.png');
const width = 1200;
const largestSize = 200_000;

if (whyNoBrowser) throw new Error(whyNoBrowser);
const folder = await makeFolder();
try {
  const { sample } = await makeSample(folder.path);
  await photograph(sample);
} finally {
  await folder.remove();
}
const { size } = await stat(picture);
console.log(`${picture}: ${size} bytes`);
if (size > largestSize) throw new Error(`The picture is larger than ${largestSize} bytes.`);

async function photograph(report) {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    await page.goto(pathToFileURL(report).href);
    const height = await page.evaluate(shorten);
    await page.setViewport({ width, height });
    await page.screenshot({ path: picture });
  } finally {
    await browser.close();
  }
}

/** Runs in the page: leaves the header, the tiles, a finding of each of the first rules, and the chart. */
function shorten() {
  const rules = 2;
  const sections = [...document.querySelectorAll('main > section')];
  const shown = ['summary', 'findings', 'spend'];
  for (const section of sections) if (!shown.includes(section.querySelector('h2').id)) section.remove();
  for (const rule of [...document.querySelectorAll('.rule')].slice(rules)) rule.remove();
  for (const finding of document.querySelectorAll('.rule li:not(:first-child)')) finding.remove();
  const chart = document.querySelector('figure');
  while (chart.nextSibling) chart.nextSibling.remove();
  document.querySelector('footer').remove();
  return Math.ceil(document.body.getBoundingClientRect().height);
}
