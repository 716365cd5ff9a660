// What an account can hold is shown as text, whatever it looks like.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { attacks, hostileTitle, oddities } from './reports.mjs';
import { browserTest, open, openServed, unfold, withoutPolicy } from './stage.mjs';

const documentation = 'https://github.com/openrouter-byok/OpenRouter.Byok/';

describe('the hostile report', () => {
  browserTest('executes nothing', async (t) => {
    const page = await openServed(t, 'hostile');
    await pointAtEverything(page);

    assert.deepEqual(await page.evaluate(executables), { executed: false, scripts: 1, handlers: [] });
  });

  browserTest('executes nothing even without its policy', async (t) => {
    const page = await openServed(t, 'hostile', { change: withoutPolicy });
    await pointAtEverything(page);

    assert.deepEqual(await page.evaluate(executables), { executed: false, scripts: 1, handlers: [] });
  });

  browserTest('would execute markup that is not encoded', async (t) => {
    const page = await openServed(t, 'hostile', {
      change: (html) => withoutPolicy(html).replace('</main>', `${attacks.join('\n')}</main>`),
    });
    await page.waitForFunction(() => window.executed);

    const { scripts, handlers } = await page.evaluate(executables);
    assert.ok(scripts > 1);
    assert.ok(handlers.includes('IMG'));
  });

  browserTest('leads nowhere but to the documentation', async (t) => {
    const page = await open(t, 'hostile');
    const addresses = await page.evaluate(addressesOf);

    assert.ok(addresses.length > 0);
    for (const { element, address } of addresses) {
      if (element === 'A') assert.ok(address.startsWith('#') || address.startsWith(documentation), address);
      else assert.deepEqual({ element, address }, { element: 'LINK', address: 'data:,' });
    }
  });

  browserTest('shows names as they are, as text', async (t) => {
    const page = await open(t, 'hostile');
    const names = await page.$$eval('#credential-table tbody th', (all) => all.map((cell) => cell.textContent));
    const models = await page.$$eval('#credential-table tbody td p', (all) => all.map((text) => text.textContent));

    for (const attack of attacks) {
      assert.ok(names.includes(attack), attack);
      assert.ok(models.includes(attack), attack);
    }
    assert.ok(names.some((name) => name.startsWith('<b>')), 'a label');
    for (const plain of oddities.filter((name) => !/[\p{C}\u2028\u2029]/u.test(name))) assert.ok(names.includes(plain));
    assert.equal(await page.title(), hostileTitle);
    assert.equal(await page.$eval('h1', (heading) => heading.textContent), hostileTitle);
  });

  browserTest('has no characters that steer the text', async (t) => {
    const page = await open(t, 'hostile');
    const text = await page.evaluate(() => document.documentElement.outerHTML);

    assert.deepEqual(text.match(/[^\P{C}\n]|[\u2028\u2029]/gu) ?? [], []);
    assert.ok(text.includes('`u{202E}gnitset`u{202C}'));
  });

  browserTest('keeps its structure', async (t) => {
    const page = await open(t, 'hostile');
    const counts = await page.evaluate(() => Object.fromEntries(
      ['title', 'style', 'main', 'h1', 'link', 'base', 'iframe', 'form', 'textarea', 'b', 'img']
        .map((name) => [name, document.querySelectorAll(`html ${name}`).length])));
    const headers = await page.$$eval('#credential-table thead th', (all) => all.length);
    const widths = await page.$$eval('#credential-table tbody tr', (all) => all.map((row) => row.cells.length));

    const { title, ...others } = counts;
    assert.ok(title > 1, 'the chart has titles, too');
    assert.deepEqual(others, {
      style: 1, main: 1, h1: 1, link: 1, base: 0, iframe: 0, form: 0, textarea: 0, b: 0, img: 0,
    });
    assert.deepEqual([...new Set(widths)], [headers]);
  });
});

/** Lets handlers of events run, if there are any. */
async function pointAtEverything(page) {
  await unfold(page);
  await page.$$eval('body *', (all) => {
    for (const element of all) {
      for (const name of ['mouseover', 'load', 'error', 'focus']) element.dispatchEvent(new Event(name));
    }
  });
  await page.waitForNetworkIdle();
}

/** Runs in the page. */
function executables() {
  const handled = [...document.querySelectorAll('*')]
    .filter((element) => [...element.attributes].some(({ name }) => name.toLowerCase().startsWith('on')));
  return {
    executed: window.executed !== undefined,
    scripts: document.querySelectorAll('script').length,
    handlers: handled.map((element) => element.tagName),
  };
}

/** Runs in the page. */
function addressesOf() {
  const names = ['src', 'srcset', 'href', 'xlink:href', 'action', 'formaction', 'data', 'poster', 'background', 'ping'];
  return [...document.querySelectorAll('*')].flatMap((element) => names
    .filter((name) => element.hasAttribute(name))
    .map((name) => ({ element: element.tagName, address: element.getAttribute(name) })));
}
