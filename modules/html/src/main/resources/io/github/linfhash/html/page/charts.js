// What the pictures of charts can do besides being looked at: tell the values below the pointer, lift a line above the others, and leave
// lines out. Their data lie beside them.
(() => {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  /** How far a point may be from the place that is told of, in the picture's units: lines do not share all places. */
  const NEAR = 12;
  /** The least size of letters, in pixels of the screen. */
  const LETTER = 12;
  const digits = (value) => Number(value.toPrecision(4)).toString();

  const svgElement = (name, attributes) => {
    const element = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    return element;
  };

  /** Where a value of an axis lies between two ends of the picture. */
  const place = (axis, value, from, to) => {
    const scaled = (v) => (axis.scale === 'log' ? Math.log(v) : v);
    const share = (scaled(value) - scaled(axis.min)) / (scaled(axis.max) - scaled(axis.min));
    return from + Math.min(1, Math.max(0, share)) * (to - from);
  };

  const nearest = (points, x) => points.reduce((best, point) => (Math.abs(point.px - x) < Math.abs(best.px - x) ? point : best));

  /** Fades all lines of a picture but one; none where the one is null. */
  const lift = (svg, index) => {
    svg.classList.toggle('lifting', index !== null);
    svg.querySelectorAll('[data-line]').forEach((part) => part.classList.toggle('lifted', part.dataset.line === String(index)));
  };

  /** The values at a place, as elements, so that names stay text. */
  const tip = (box, model, shown) => {
    const head = document.createElement('strong');
    head.textContent = model.x.title + ': ' + digits(shown[0].point.x);
    box.replaceChildren(head);
    shown.forEach(({ line, point }) => {
      const row = document.createElement('div');
      row.textContent = line.name + ': ' + digits(point.y)
        + (point.high > point.low ? ' [' + digits(point.low) + ', ' + digits(point.high) + ']' : '');
      box.append(row);
    });
  };

  /** Tells the values at the place nearest to the pointer, or at the next one for an arrow key. */
  const tellValues = (picture, svg, model, lines) => {
    const [left, top, right, bottom] = svg.dataset.plot.split(' ').map(Number);
    lines.forEach((line) => line.points.forEach((point) => {
      point.px = place(model.x, point.x, left, right);
      point.py = place(model.y, point.y, bottom, top);
    }));
    const marks = svgElement('g', { class: 'told' });
    const box = document.createElement('div');
    box.className = 'tip';
    box.setAttribute('role', 'status');
    box.hidden = true;
    svg.append(marks);
    picture.append(box);
    let at = null;

    const places = () => [...new Set(lines.filter((line) => !line.hidden).flatMap((line) => line.points.map((p) => p.px)))]
      .sort((a, b) => a - b);
    const hide = () => {
      at = null;
      box.hidden = true;
      marks.replaceChildren();
      lift(svg, null);
    };
    /** Tells the values of all lines at a place, or of the line alone that the pointer is on. */
    const show = (x, y) => {
      at = x;
      const all = lines.filter((line) => !line.hidden).map((line) => ({ line, point: nearest(line.points, x) }))
        .filter(({ point }) => Math.abs(point.px - x) <= NEAR).sort((a, b) => b.point.y - a.point.y);
      const on = all.filter(({ point }) => Math.abs(point.py - y) <= NEAR)
        .sort((a, b) => Math.abs(a.point.py - y) - Math.abs(b.point.py - y)).slice(0, 1);
      lift(svg, on.length > 0 ? lines.indexOf(on[0].line) : null);
      const shown = on.length > 0 ? on : all;
      tip(box, model, shown);
      marks.replaceChildren(
        svgElement('line', { x1: x, x2: x, y1: top, y2: bottom }),
        ...shown.map(({ point }) => svgElement('circle', { cx: point.px, cy: point.py, r: 6 })),
      );
      box.hidden = false;
      const across = svg.getScreenCTM().a * x + svg.getBoundingClientRect().left - picture.getBoundingClientRect().left;
      const beside = across + 12 + box.offsetWidth <= picture.clientWidth ? across + 12 : across - 12 - box.offsetWidth;
      box.style.left = Math.max(0, Math.min(beside, picture.clientWidth - box.offsetWidth)) + 'px';
    };
    svg.addEventListener('pointermove', (event) => {
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const open = places();
      const label = event.target.closest('[data-line]');
      if (open.length === 0 || x < left - NEAR || x > right + NEAR) {
        hide();
        lift(svg, label ? label.dataset.line : null);
      } else {
        show(open.reduce((best, px) => (Math.abs(px - x) < Math.abs(best - x) ? px : best)), y);
      }
    });
    svg.addEventListener('pointerleave', hide);
    svg.addEventListener('blur', hide);
    svg.addEventListener('keydown', (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const open = places();
      if (event.key === 'Escape') {
        hide();
      } else if (step && open.length > 0) {
        event.preventDefault();
        const next = at === null ? (step > 0 ? 0 : open.length - 1) : open.indexOf(at) + step;
        show(open[Math.min(open.length - 1, Math.max(0, next))]);
      }
    });
    return hide;
  };

  /** One button for each line: shows and hides it, by keyboard too, lifts it while the pointer is on it, and after two clicks leaves it alone. */
  const legend = (svg, lines, changed) => {
    const list = document.createElement('div');
    list.className = 'lines';
    list.setAttribute('role', 'group');
    list.setAttribute('aria-label', 'Lines shown in this chart');
    const setters = [];
    lines.forEach((line, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      const sample = svgElement('svg', { class: 'chart', viewBox: '0 0 32 14', 'aria-hidden': 'true' });
      const drawn = svg.querySelector('[data-sample="' + index + '"]').cloneNode(true);
      drawn.setAttribute('transform', 'translate(4 7)');
      sample.append(drawn);
      button.append(sample, line.name);
      const set = (hidden) => {
        line.hidden = hidden;
        button.setAttribute('aria-pressed', String(!hidden));
        svg.querySelectorAll('[data-line="' + index + '"]').forEach((part) => part.classList.toggle('hidden', hidden));
        changed();
      };
      setters.push(set);
      button.addEventListener('click', () => set(!line.hidden));
      button.addEventListener('dblclick', () => {
        const alone = lines.every((other) => other === line || other.hidden);
        setters.forEach((other, at) => other(!alone && at !== index));
      });
      button.addEventListener('pointerenter', () => lift(svg, index));
      button.addEventListener('pointerleave', () => lift(svg, null));
      list.append(button);
    });
    return list;
  };

  const enliven = (figure) => {
    const model = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    const picture = figure.querySelector('.picture');
    const svg = picture.querySelector('svg');
    const lines = model.series.map(({ name, points }) => (
      { name, hidden: false, points: points.map(([x, y, low, high]) => ({ x, y, low, high })) }));
    const { width, height } = svg.viewBox.baseVal;
    const [, top, right] = svg.dataset.plot.split(' ').map(Number);
    // The title stands above the picture, and where there is no room the labels of the lines are below: there it is cut to its plot.
    new ResizeObserver(() => {
      const room = Math.max(1, picture.clientWidth);
      const cut = room < width;
      const shown = cut ? right + 16 : room;
      picture.classList.toggle('cut', cut);
      picture.style.setProperty('--whole', width / shown);
      picture.style.setProperty('--lift', -(top - 12) / shown);
      picture.style.setProperty('--letter', Math.max(LETTER, (LETTER * shown) / room) + 'px');
    }).observe(picture);
    svg.setAttribute('tabindex', '0');
    svg.setAttribute('aria-label', model.title + '; the arrow keys show its values, and the table below contains its data');
    picture.after(legend(svg, lines, tellValues(picture, svg, model, lines)));
    figure.classList.add('enlivened');
  };

  document.querySelectorAll('figure.plot').forEach(enliven);
})();
