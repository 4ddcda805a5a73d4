// Compares two methods on compare.html.
(() => {
  'use strict';

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    made.append(...children);
    return made;
  };

  const labeled = (text, control) => element('label', {}, text, control);

  /** A choice of texts by their number. */
  const choice = (texts, chosen) => {
    const select = element('select', {});
    texts.forEach((text, index) => select.append(element('option', { value: index }, text)));
    select.selectedIndex = chosen;
    return select;
  };

  const digits = (value) => {
    if (value === 0) return '0';
    const size = Math.abs(value);
    return size >= 0.01 && size < 1e6 ? value.toFixed(size >= 1000 ? 0 : 2) : value.toExponential(1);
  };

  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  /** Student's quantile for any degrees of freedom: the logarithms of the tabulated ones are nearly straight over 1 / degrees; at most 3% too large. */
  const quantile = (degrees, quantiles) => {
    const below = Math.min(Math.floor(degrees), quantiles.length);
    if (below === quantiles.length || below === degrees) return quantiles[below - 1];
    const share = (1 / below - 1 / degrees) / (1 / below - 1 / (below + 1));
    return quantiles[below - 1] * (quantiles[below] / quantiles[below - 1]) ** share;
  };

  /** The mean squares of tuning runs and cells of a table of tuning runs by seeds, as parts of the variance of its mean. */
  const searchParts = (table) => {
    const searches = table.length;
    const seeds = table[0].length;
    if (searches === 1) return { search: 0, cell: 0, searches };
    const sum = (values) => values.reduce((all, value) => all + value ** 2, 0);
    const middle = mean(table.map(mean));
    const ofSearch = table.map((row) => mean(row) - middle);
    const ofSeed = table[0].map((_, s) => mean(table.map((row) => row[s])) - middle);
    const rest = table.flatMap((row, a) => row.map((value, s) => value - middle - ofSearch[a] - ofSeed[s]));
    return {
      search: sum(ofSearch) / (searches - 1) / searches,
      cell: sum(rest) / ((searches - 1) * (seeds - 1)) / (searches * seeds),
      searches,
    };
  };

  /**
   * Half the width of the 95% interval of the mean of a table of tuning runs by seeds, or of the difference of two such tables; NaN of fewer than
   * two seeds. The same model as the rankings have, without the values of single queries: tuning runs are nested in methods.
   */
  const half = (tables, quantiles) => {
    const seeds = tables[0][0].length;
    if (seeds < 2) return NaN;
    const sums = tables[0][0].map((_, s) => tables.reduce(
      (all, table, m) => all + (m === 0 ? 1 : -1) * mean(table.map((row) => row[s])), 0));
    const middle = mean(sums);
    const seed = sums.reduce((all, value) => all + (value - middle) ** 2, 0) / (seeds - 1) / seeds;
    const methods = tables.map(searchParts);
    const cell = methods.reduce((all, one) => all + one.cell, 0);
    let variance = Math.max(seed, cell);
    let uncertainty = seed > cell ? seed ** 2 / (seeds - 1) : 0;
    methods.forEach((one) => {
      const differ = one.search > one.cell;
      if (differ) {
        variance += one.search - one.cell;
        uncertainty += one.search ** 2 / (one.searches - 1);
      }
      if (one.cell > 0 && differ === seed > cell) uncertainty += one.cell ** 2 / ((one.searches - 1) * (seeds - 1));
    });
    if (variance <= 0) return NaN;
    return quantile(Math.max(1, variance ** 2 / uncertainty), quantiles) * Math.sqrt(variance);
  };

  const withHalf = (middle, width) => digits(middle) + (Number.isNaN(width) ? '' : ' \u00b1' + digits(width));

  /** A line of the comparison: both means, and the mean difference over the tuning runs and seeds of both. */
  const line = (data, metric, length, first, second) => {
    const some = (values) => Object.keys(values).length;
    if (some(first) === 0 || some(second) === 0) return null;
    const all = [...Object.values(first), ...Object.values(second)];
    const seeds = Object.keys(all[0]).filter((seed) => all.every((search) => seed in search));
    if (seeds.length === 0) return null;
    const table = (values) => Object.values(values).map((search) => seeds.map((seed) => metric.factor * search[seed]));
    const a = table(first);
    const b = table(second);
    const searches = Math.max(a.length, b.length);
    const average = (values) => mean(values.map(mean));
    const middle = average(a) - average(b);
    const width = half([a, b], data.quantiles);
    const apart = !Number.isNaN(width) && Math.abs(middle) > width;
    const better = metric.better === 0 || !apart ? '' : (middle * metric.better > 0 ? 'first' : 'second');
    const row = element('tr', {}, element('th', { scope: 'row' }, metric.title + (metric.unit ? ', ' + metric.unit : '')));
    row.append(element('td', {}, length));
    row.append(element('td', apart ? { class: 'marked' } : {}, (middle > 0 ? '+' : '') + withHalf(middle, width)));
    [better, withHalf(average(a), half([a], data.quantiles)), withHalf(average(b), half([b], data.quantiles)),
      (searches > 1 ? searches + ' x ' : '') + seeds.length]
      .forEach((text) => row.append(element('td', {}, text)));
    return row;
  };

  const makeComparison = () => {
    const place = document.getElementById('compare');
    if (!place) return;
    const data = JSON.parse(document.getElementById('compare-data').textContent);
    if (data.protocols.length === 0) return;
    const asked = new URLSearchParams(location.hash.slice(1));
    const index = (key, named, otherwise) => {
      const found = named.findIndex((one) => one.name === asked.get(key));
      return found >= 0 ? found : otherwise;
    };
    const protocol = choice(data.protocols.map((group) => group.title), index('protocol', data.protocols, 0));
    const rowsOf = () => data.protocols[protocol.selectedIndex].rows;
    const choices = element('div', { class: 'choices' });
    const table = element('div', { class: 'scroll', role: 'region', tabindex: '0', 'aria-label': 'Comparison' });
    const links = element('p', {});
    let first;
    let second;
    const show = () => {
      const group = data.protocols[protocol.selectedIndex];
      const a = group.rows[first.selectedIndex];
      const b = group.rows[second.selectedIndex];
      const body = element('tbody', {});
      const lengths = Object.keys(a.values).filter((bits) => bits in b.values);
      lengths.forEach((bits) => group.metrics.forEach((metric, at) => {
        const made = line(data, metric, group.lengths[bits], a.values[bits][at], b.values[bits][at]);
        if (made) body.append(made);
      }));
      const head = element('tr', {});
      ['Metric', 'Code length', 'First minus second', 'Better', 'First: ' + a.label, 'Second: ' + b.label, 'Seeds']
        .forEach((text) => head.append(element('th', { scope: 'col' }, text)));
      const caption = element('caption', {}, element('span', {}, body.rows.length === 0
        ? 'The two configurations share no code length and seed'
        : 'Means and half widths of 95% intervals over the tuning runs and seeds of both'));
      table.replaceChildren(element('table', { class: 'ranking' }, caption, element('thead', {}, head), body));
      links.replaceChildren(a.label + ' and ' + b.label + ' in ', element('a', { href: group.page }, group.title), '.');
      history.replaceState(null, '', '#' + new URLSearchParams({ protocol: group.name, first: a.name, second: b.name }));
    };
    const choose = (a, b) => {
      const labels = rowsOf().map((row) => row.label);
      first = choice(labels, Math.min(a, labels.length - 1));
      second = choice(labels, Math.min(b, labels.length - 1));
      [first, second].forEach((select) => select.addEventListener('input', show));
      choices.replaceChildren(labeled('Protocol', protocol), labeled('First', first), labeled('Second', second));
      show();
    };
    protocol.addEventListener('input', () => { choose(0, 1); protocol.focus(); });
    place.replaceChildren(choices, table, links);
    choose(index('first', rowsOf(), 0), index('second', rowsOf(), 1));
  };

  makeComparison();
})();
