// Interactive charts in the place of the still ones, from the data beside them. Without scripts the still ones remain.
(() => {
  'use strict';

  const SYMBOLS = { circle: 'circle', square: 'rect', triangle: 'triangle', diamond: 'diamond' };
  const digits = (value) => Number(value.toPrecision(4)).toString();

  /** Colours as the page resolves them now: light or dark. */
  const colours = (figure) => {
    const still = figure.querySelector('.still svg');
    const colour = (element, property) => getComputedStyle(element)[property];
    return {
      ink: colour(still, 'color'),
      paper: colour(still.querySelector('.paper'), 'fill'),
      line: (index) => colour(still.querySelector('.c' + index), 'color'),
    };
  };

  const axis = (model, place, theme, narrow) => ({
    type: model.scale === 'log' ? 'log' : 'value',
    logBase: 2,
    min: model.min,
    max: model.max,
    name: model.title,
    nameLocation: 'middle',
    nameGap: place === 'x' ? 28 : 38,
    nameTextStyle: { color: theme.ink, fontSize: narrow ? 11 : 12 },
    axisLabel: { show: model.scale !== 'log', color: theme.ink, formatter: digits },
    axisTick: { show: model.scale !== 'log' },
    axisLine: { lineStyle: { color: theme.ink, opacity: 0.4 } },
    splitLine: { show: model.scale !== 'log', lineStyle: { color: theme.ink, opacity: 0.15 } },
  });

  /** Ticks where something was measured: ECharts labels only the powers on a logarithmic axis. */
  const ticks = (model, theme) => ({
    type: 'scatter', id: 'ticks', silent: true, clip: false, z: 1,
    data: model.x.ticks.map((tick) => [tick, model.y.min]),
    symbol: 'rect', symbolSize: [1, 6], itemStyle: { color: theme.ink },
    label: {
      show: true, position: 'bottom', distance: 5, color: theme.ink, fontSize: 12,
      formatter: (point) => digits(point.value[0]),
    },
  });

  /** A band is a line along its upper ends and back along its lower ones: the filled area is what lies between. */
  const band = (line, index, colour) => ({
    type: 'line', id: 'band-' + index, name: line.name, symbol: 'none', silent: true, z: 1,
    data: [...line.points.map(([x, , , high]) => [x, high]), ...line.points.map(([x, , low]) => [x, low]).reverse()],
    lineStyle: { opacity: 0 },
    areaStyle: { color: colour, opacity: 0.16 },
  });

  const stroke = (line, index, theme) => {
    const colour = theme.line(line.colour);
    return {
      type: 'line', id: 'line-' + index, name: line.name, z: 2,
      data: line.points.map(([x, y]) => [x, y]),
      symbol: SYMBOLS[line.shape],
      symbolSize: (value, point) => (point.dataIndex % line.markerEvery === 0 ? 8 : 0),
      showAllSymbol: true,
      lineStyle: { color: colour, width: line.width, type: line.dashes ? line.dashes.split(' ').map(Number) : 'solid' },
      itemStyle: { color: line.open ? theme.paper : colour, borderColor: colour, borderWidth: 1.5 },
      emphasis: { focus: 'series', lineStyle: { width: line.width + 1 } },
    };
  };

  /** The values below the pointer, as elements, so that names stay text. */
  const tip = (model) => (points) => {
    const shown = points.filter((point) => point.seriesId.startsWith('line-'));
    const box = document.createElement('div');
    const head = document.createElement('strong');
    head.textContent = model.x.title + ': ' + (shown.length ? digits(shown[0].value[0]) : '');
    box.append(head);
    shown.sort((a, b) => b.value[1] - a.value[1]).forEach((point) => {
      const [, y, low, high] = model.series[Number(point.seriesId.slice(5))].points[point.dataIndex];
      const row = document.createElement('div');
      row.textContent = point.seriesName + ': ' + digits(y)
        + (high > low ? ' [' + digits(low) + ', ' + digits(high) + ']' : '');
      box.append(row);
    });
    return box;
  };

  const option = (model, theme, narrow, hidden) => {
    const series = model.x.scale === 'log' ? [ticks(model, theme)] : [];
    model.series.forEach((line, index) => {
      if (!hidden.has(index)) {
        if (line.points.some(([, , low, high]) => high > low)) {
          series.push(band(line, index, theme.line(line.colour)));
        }
        series.push(stroke(line, index, theme));
      }
    });
    return {
      animation: false,
      textStyle: { color: theme.ink, fontFamily: getComputedStyle(document.body).fontFamily },
      grid: { left: narrow ? 50 : 58, right: 16, top: 12, bottom: 46 },
      xAxis: axis(model.x, 'x', theme, narrow),
      yAxis: axis(model.y, 'y', theme, narrow),
      tooltip: {
        trigger: 'axis', confine: true, formatter: tip(model), backgroundColor: theme.paper, borderColor: theme.ink,
        textStyle: { color: theme.ink, fontSize: 12 },
      },
      series,
    };
  };

  /** One button for each line: shows and hides it, by keyboard too; it holds the label of the still chart. */
  const legend = (figure, model, hidden, changed) => {
    const list = document.createElement('div');
    list.className = 'lines';
    list.setAttribute('role', 'group');
    list.setAttribute('aria-label', 'Lines shown in this chart');
    model.series.forEach((line, index) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'true');
      const sample = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      sample.setAttribute('class', 'chart');
      sample.setAttribute('viewBox', '0 0 32 14');
      sample.setAttribute('aria-hidden', 'true');
      const drawn = figure.querySelector('.still [data-line="' + index + '"]').cloneNode(true);
      drawn.setAttribute('transform', 'translate(4 7)');
      sample.append(drawn);
      button.append(sample, line.name);
      button.addEventListener('click', () => {
        const hide = !hidden.has(index);
        hidden[hide ? 'add' : 'delete'](index);
        button.setAttribute('aria-pressed', String(!hide));
        changed();
      });
      list.append(button);
    });
    return list;
  };

  const enliven = (figure) => {
    const model = JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
    const still = figure.querySelector('.still');
    const live = document.createElement('div');
    live.className = 'live';
    live.setAttribute('role', 'img');
    live.setAttribute('aria-label', model.title + '; its data is in the table below');
    const hidden = new Set();
    let chart = null;
    const draw = () => {
      if (chart) {
        chart.setOption(option(model, colours(figure), live.clientWidth < 480, hidden), { notMerge: true });
      }
    };
    still.after(live, legend(figure, model, hidden, draw));
    figure.classList.add('enlivened');
    const start = () => {
      chart = echarts.init(live, null, { renderer: 'svg' });
      draw();
    };
    new IntersectionObserver((entries, observer) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        observer.disconnect();
        start();
      }
    }, { rootMargin: '400px' }).observe(live);
    new ResizeObserver(() => {
      if (chart && live.clientWidth > 0) {
        chart.resize();
        draw();
      }
    }).observe(live);
    document.addEventListener('themechange', draw);
  };

  document.querySelectorAll('figure.plot').forEach(enliven);
})();
