
'use strict';

// Everything is on the page without this script, which lets readers copy commands, and sort and filter credentials.
const statusLine = document.getElementById('status');

let clearing;

function announce(text) {
  clearTimeout(clearing);
  statusLine.textContent = text;
  clearing = setTimeout(() => { statusLine.textContent = ''; }, 4000);
}

function select(element) {
  const range = document.createRange();
  range.selectNodeContents(element);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

async function copy(code) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    announce('Copied.');
  } catch {
    select(code);
    announce('Selected. Press Ctrl+C or Command+C to copy.');
  }
}

for (const code of document.querySelectorAll('.remedy code')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', `Copy the command for ${code.closest('li').querySelector('strong').textContent}`);
  button.addEventListener('click', () => copy(code));
  code.after(button);
}

// Not every browser prints what is folded.
let folded = [];
addEventListener('beforeprint', () => {
  folded = [...document.querySelectorAll('details:not([open])')];
  for (const details of folded) details.open = true;
});
addEventListener('afterprint', () => {
  for (const details of folded) details.open = false;
});

const table = document.getElementById('credential-table');
if (table) {
  const body = table.tBodies[0];
  const headers = [...table.tHead.rows[0].cells];
  const collator = new Intl.Collator('en', { numeric: true });
  const filter = document.getElementById('filter');
  const field = filter.querySelector('input');
  const count = filter.querySelector('output');
  let rows;

  // Read when it is needed, because it takes a while for thousands of credentials.
  const texts = () => rows ??= [...body.rows].map((row) => {
    const cells = [...row.cells].map((cell) => cell.textContent);
    return { row, cells, text: cells.join('\n').toLocaleLowerCase() };
  });

  // Thousands are separated by commas.
  const numberOf = (text) => Number(text.replaceAll(',', ''));

  const sortBy = (column) => {
    const compare = headers[column].classList.contains('number')
      ? (a, b) => numberOf(a) - numberOf(b)
      : collator.compare;
    const isAscending = headers[column].getAttribute('aria-sort') !== 'ascending';
    const sign = isAscending ? 1 : -1;
    texts().sort((a, b) => sign * compare(a.cells[column], b.cells[column]));
    body.append(...rows.map(({ row }) => row));
    for (const header of headers) header.removeAttribute('aria-sort');
    headers[column].setAttribute('aria-sort', isAscending ? 'ascending' : 'descending');
  };

  const show = () => {
    const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of texts()) {
      row.hidden = !words.every((word) => text.includes(word));
      if (!row.hidden) shown++;
    }
    count.textContent = words.length ? `${shown} of ${rows.length} credentials` : '';
  };

  headers.forEach((header, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    button.addEventListener('click', () => sortBy(column));
    header.replaceChildren(button);
  });

  let pending;
  field.addEventListener('input', () => {
    clearTimeout(pending);
    pending = setTimeout(show, 150);
  });
  filter.hidden = false;
}
