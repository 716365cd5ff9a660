// The content security policy of the page forbids what a flaw of the page would let in.
import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { browserTest, openServed, stage, withoutPolicy } from './stage.mjs';

describe('the content security policy', () => {
  browserTest('forbids scripts, styles, and requests', async (t) => {
    const page = await openServed(t, 'sample');

    assert.deepEqual(await page.evaluate(attempt, `${stage.server.origin}/forbidden`), {
      script: false, handler: false, address: false, style: false, attribute: false,
    });
    assert.deepEqual(stage.server.requestsBelow('/forbidden/'), []);
  });

  browserTest('is what forbids them', async (t) => {
    const page = await openServed(t, 'sample', { change: withoutPolicy });

    assert.deepEqual(await page.evaluate(attempt, `${stage.server.origin}/allowed`), {
      script: true, handler: true, address: true, style: true, attribute: true,
    });
    assert.deepEqual(stage.server.requestsBelow('/allowed/').sort(), [
      '/allowed/fetch', '/allowed/frame', '/allowed/image', '/allowed/script', '/allowed/style',
    ]);
  });
});

/** Runs in the page: tries what the policy is about, and tells what worked. Requests go below the address. */
async function attempt(address) {
  const add = (name, properties) => {
    const element = Object.assign(document.createElement(name), properties);
    document.body.append(element);
    return element;
  };
  const load = (name, properties) => new Promise((resolve) => {
    add(name, { ...properties, onload: resolve, onerror: resolve });
  });
  const click = (element) => {
    element.click();
    return new Promise((resolve) => { setTimeout(resolve); });
  };

  add('script', { textContent: 'window.scriptRan = true;' });
  const button = add('button', {});
  button.setAttribute('onclick', 'window.handlerRan = true');
  await click(button);
  await click(add('a', { href: 'javascript:void (window.addressRan = true)' }));
  add('style', { textContent: ':root { --style-works: 1 }' });
  const styled = add('p', {});
  styled.setAttribute('style', '--attribute-works: 1');

  await load('img', { src: `${address}/image` });
  await load('script', { src: `${address}/script` });
  await load('link', { rel: 'stylesheet', href: `${address}/style` });
  await load('iframe', { src: `${address}/frame` });
  await fetch(`${address}/fetch`).catch(() => {});

  return {
    script: window.scriptRan === true,
    handler: window.handlerRan === true,
    address: window.addressRan === true,
    style: getComputedStyle(document.documentElement).getPropertyValue('--style-works') !== '',
    attribute: getComputedStyle(styled).getPropertyValue('--attribute-works') !== '',
  };
}
