// What a page can do besides being read: list its sections, sort its tables, copy its commands, switch between light and dark, print what is folded away.
(() => {
  'use strict';

  const key = (unit, column, index) => {
    const cell = column
      ? [...unit.querySelectorAll('[data-column]')].find((c) => c.dataset.column === column)
      : unit.cells[index];
    const text = cell ? cell.dataset.value ?? cell.textContent.trim() : '';
    return text === '' ? null : text;
  };

  const number = (text) => (text !== null && /^[-+]?[0-9.,]+(e[-+]?[0-9]+)?/i.test(text) ? parseFloat(text.replace(/,/g, '')) : NaN);

  const compare = (a, b) => {
    const x = number(a);
    const y = number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? String(a).localeCompare(String(b)) : x - y;
  };

  /** Sorts the bodies of a table that has several, else its rows; what has no value stays at the end. */
  const sort = (table, original, heading, index) => {
    const units = original.map((unit) => ({ unit, key: key(unit, heading.dataset.column, index) }));
    // Numbers start with the largest, texts with the first of the alphabet.
    const texts = units.some((one) => one.key !== null && Number.isNaN(number(one.key)));
    const order = texts ? ['none', 'ascending', 'descending'] : ['none', 'descending', 'ascending'];
    const next = order[(order.indexOf(heading.getAttribute('aria-sort')) + 1) % order.length];
    table.querySelectorAll('th[aria-sort]').forEach((th) => th.setAttribute('aria-sort', 'none'));
    heading.setAttribute('aria-sort', next);
    const sign = next === 'descending' ? -1 : 1;
    if (next !== 'none') {
      units.sort((a, b) => (a.key === null) - (b.key === null) || (a.key === null ? 0 : sign * compare(a.key, b.key)));
    }
    units.forEach(({ unit }) => unit.parentNode.append(unit));
  };

  /** The rows of a comparison lie by code length; a switch lays them by method. */
  const orderSwitch = (table, units) => {
    const byLength = [...units];
    const of = (column) => [...new Set(byLength.map((unit) => key(unit, column)))];
    if (of('bits').length < 2) return;
    const byMethod = of('method').flatMap((method) => byLength.filter((unit) => key(unit, 'method') === method));
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'order';
    let order = byLength;
    const say = () => { button.textContent = order === byLength ? 'Order by method' : 'Order by code length'; };
    button.addEventListener('click', () => {
      order = order === byLength ? byMethod : byLength;
      units.splice(0, units.length, ...order);
      table.querySelectorAll('th[aria-sort]').forEach((th) => th.setAttribute('aria-sort', 'none'));
      units.forEach((unit) => table.append(unit));
      say();
    });
    say();
    table.parentNode.before(button);
  };

  const makeSortable = (table) => {
    const units = table.tBodies.length > 1 ? [...table.tBodies] : [...table.tBodies[0].rows];
    if (table.classList.contains('comparison')) orderSwitch(table, units);
    const headings = [...table.tHead.querySelectorAll('th:not([scope="colgroup"])')]
      .filter((th) => table.tBodies.length === 1 || th.dataset.column);
    headings.forEach((th, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...th.childNodes);
      th.append(button);
      th.setAttribute('aria-sort', 'none');
      button.addEventListener('click', () => sort(table, units, th, index));
    });
  };

  /** The reader's choice of light or dark, kept for the next page; browsers may refuse to keep anything. */
  const kept = (value) => {
    try {
      if (value) localStorage.setItem('linfhash-theme', value);
      return localStorage.getItem('linfhash-theme');
    } catch {
      return null;
    }
  };

  const themeSwitch = () => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const root = document.documentElement;
    if (['light', 'dark'].includes(kept())) root.dataset.theme = kept();
    const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'theme';
    const changed = () => {
      button.textContent = isDark() ? 'Light' : 'Dark';
      button.setAttribute('aria-label', isDark() ? 'Switch to light colors' : 'Switch to dark colors');
      document.dispatchEvent(new Event('themechange'));
    };
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      kept(root.dataset.theme);
      changed();
    });
    dark.addEventListener('change', changed);
    document.querySelector('header').prepend(button);
    changed();
  };

  const FEWEST_SECTIONS = 4;

  /** Links to the sections of a long page, and a button that opens all that is folded. */
  const contents = () => {
    const headings = [...document.querySelectorAll('main h2[id]')];
    if (headings.length < FEWEST_SECTIONS) return;
    const list = document.createElement('nav');
    list.className = 'contents';
    list.setAttribute('aria-label', 'Contents');
    headings.forEach((heading) => {
      const link = document.createElement('a');
      link.href = '#' + heading.id;
      link.textContent = heading.textContent;
      list.append(link);
    });
    const folded = [...document.querySelectorAll('details.folding')];
    if (folded.length > 0) {
      const button = document.createElement('button');
      button.type = 'button';
      button.textContent = 'Open all';
      button.addEventListener('click', () => folded.forEach((details) => { details.open = true; }));
      list.append(button);
    }
    document.querySelector('header').after(list);
  };

  /** A link into a section that is folded opens it. */
  const unfoldTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const details = target && target.closest('details.folding');
    if (details && !details.open) {
      details.open = true;
      target.scrollIntoView();
    }
  };

  const unfoldOnPaper = () => {
    let closed = [];
    addEventListener('beforeprint', () => {
      closed = [...document.querySelectorAll('details:not([open], figure *, .on-screen)')];
      closed.forEach((details) => { details.open = true; });
    });
    addEventListener('afterprint', () => closed.forEach((details) => { details.open = false; }));
  };

  const COPIED = 2000;

  /** Copies a text; where the browser refuses, the text is selected, so that a key copies it. */
  const copy = async (code) => {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(code);
      return false;
    }
  };

  /** A button in the corner of lines that are pasted elsewhere. */
  const makeCopied = (code) => {
    const pre = code.parentNode;
    const box = document.createElement('div');
    box.className = 'copied';
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Copy';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      button.textContent = (await copy(code)) ? 'Copied' : 'Selected';
      setTimeout(() => { button.textContent = 'Copy'; }, COPIED);
    });
    pre.replaceWith(box);
    box.append(pre, button);
  };

  document.querySelectorAll('table.sortable').forEach(makeSortable);
  document.querySelectorAll('pre > code').forEach(makeCopied);
  themeSwitch();
  contents();
  unfoldTarget();
  addEventListener('hashchange', unfoldTarget);
  unfoldOnPaper();
})();
