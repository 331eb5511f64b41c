// Makes the charts of this page answer: hover or focus a point, hide models, change the scale, see
// models relative to one of them. Without it the page is complete: each chart stands as it was
// drawn, with its table.
(() => {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';

  const make = (name, attributes = {}, text = '') => {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
    element.textContent = text;
    return element;
  };
  const round = value => Math.round(value * 10) / 10;
  const three = value => Number(value.toPrecision(3)).toLocaleString('en-US');
  const percent = share => `${three(100 * share)}%`;

  const nanos = value => {
    const units = ['ns', 'µs', 'ms', 's'];
    let unit = 0;
    while (unit < 3 && value >= 999.5) {
      value /= 1000;
      unit++;
    }
    return `${three(value)} ${units[unit]}`;
  };
  const TICKS = { rate: three, nanos, mebibytes: three, share: percent, relative: percent };

  // The one tooltip of the page.
  const tip = make('div', { class: 'tip', hidden: '', 'aria-hidden': 'true' });
  document.body.append(tip);
  let asked = null;

  const hide = () => {
    asked?.classList.remove('asked');
    asked = null;
    tip.hidden = true;
  };

  const show = (point, lines) => {
    hide();
    asked = point;
    point.classList.add('asked');
    tip.replaceChildren(
        ...lines.map((line, i) => make(i === 0 ? 'strong' : 'span', {}, line)));
    tip.hidden = false;
    const box = (point.querySelector('.marker, .field, .part') ?? point).getBoundingClientRect();
    const width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(box.left + box.width / 2 - tip.offsetWidth / 2,
        width - tip.offsetWidth - 8));
    const above = box.top - tip.offsetHeight - 10;
    tip.style.left = `${left + scrollX}px`;
    tip.style.top = `${(above > 0 ? above : box.bottom + 10) + scrollY}px`;
  };

  // Every picture: what its points say, by pointer and by keyboard.
  class Picture {
    constructor(figure) {
      this.figure = figure;
      this.svg = figure.querySelector('svg.chart');
      this.points = [...this.svg.querySelectorAll('.point')];
      this.words = new Map();
      this.extra = new Map();
      this.svg.setAttribute('role', 'group');
      for (const point of this.points) {
        const title = point.querySelector('title');
        this.words.set(point, title.textContent.split('\n').filter(line => line));
        title.remove();
        point.setAttribute('role', 'img');
        point.setAttribute('tabindex', '-1');
        this.name(point);
      }
      this.points[0]?.setAttribute('tabindex', '0');
      this.listen();
    }

    lines(point) {
      return [...this.words.get(point), ...(this.extra.get(point) ?? [])];
    }

    name(point) {
      point.setAttribute('aria-label', this.lines(point).join(', '));
    }

    seen() {
      return this.points.filter(point => point.getClientRects().length > 0);
    }

    listen() {
      this.svg.addEventListener('pointermove', event => {
        const point = this.near(event);
        if (point && point !== asked) {
          show(point, this.lines(point));
        } else if (!point) {
          hide();
        }
      });
      this.svg.addEventListener('pointerleave', hide);
      this.svg.addEventListener('focusin', event => {
        const point = event.target.closest('.point');
        if (point) {
          show(point, this.lines(point));
        }
      });
      this.svg.addEventListener('focusout', hide);
      this.svg.addEventListener('keydown', event => this.key(event));
    }

    near(event) {
      const over = event.target.closest('.point');
      if (over || !this.svg.classList.contains('plot')) {
        return over;
      }
      let best = null;
      let distance = 24;
      for (const point of this.seen()) {
        const box = point.querySelector('.marker').getBoundingClientRect();
        const away = Math.hypot(
            event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2);
        if (away < distance) {
          best = point;
          distance = away;
        }
      }
      return best;
    }

    // Left and right follow a line, a bar or a row; up and down go to the next.
    key(event) {
      if (event.key === 'Escape') {
        hide();
        return;
      }
      const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0],
        Home: [0, -Infinity], End: [0, Infinity] }[event.key];
      const point = event.target.closest('.point');
      if (!step || !point) {
        return;
      }
      event.preventDefault();
      const groups = this.groups();
      const group = groups.findIndex(each => each.includes(point));
      const next = groups[Math.max(0, Math.min(groups.length - 1, group + step[0]))];
      let at = step[0] === 0 ? groups[group].indexOf(point) + step[1] : this.below(point, next);
      at = Math.max(0, Math.min(next.length - 1, at));
      this.points.forEach(each => each.setAttribute('tabindex', each === next[at] ? '0' : '-1'));
      next[at].focus();
    }

    groups() {
      const seen = this.seen();
      if (this.svg.classList.contains('rows')) {
        const down = (a, b) => b.dataset.at - a.dataset.at;
        return seen.sort(down).map(point => [point]);
      }
      return [...this.svg.querySelectorAll('.series, .row')]
          .map(group => seen.filter(point => group.contains(point)))
          .filter(group => group.length > 0);
    }

    below(point, group) {
      const x = each => each.getBoundingClientRect().left;
      const away = group.map(each => Math.abs(x(each) - x(point)));
      return away.indexOf(Math.min(...away));
    }

    // Hides and shows models, if there are several.
    toggles(controls) {
      const models = [...new Set([...this.svg.querySelectorAll('.series')]
          .map(series => series.dataset.model))];
      if (models.length < 2) {
        return models;
      }
      for (const model of models) {
        const button = make(
            'button', { type: 'button', class: `m-${model}`, 'aria-pressed': 'true' }, model);
        button.addEventListener('click', () => {
          const on = button.getAttribute('aria-pressed') !== 'true';
          button.setAttribute('aria-pressed', on);
          this.svg.querySelectorAll(`[data-model="${model}"]`)
              .forEach(each => each.classList.toggle('off', !on));
          const seen = this.seen();
          if (!seen.some(point => point.getAttribute('tabindex') === '0')) {
            this.points.forEach(each => each.setAttribute('tabindex', '-1'));
            seen[0]?.setAttribute('tabindex', '0');
          }
          this.draw();
        });
        controls.append(button);
      }
      return models;
    }

    draw() {}
  }

  // Numbers over slots: their axis can be linear or logarithmic, absolute or relative.
  class Upright extends Picture {
    constructor(figure) {
      super(figure);
      const data = this.svg.dataset;
      [this.left, this.right, this.top, this.bottom] = data.frame.split(' ').map(Number);
      this.drawn = { log: data.log === 'true', min: Number(data.min), max: Number(data.max) };
      this.log = this.drawn.log;
      this.against = '';
      this.axis = this.svg.querySelector('.axis.numbers');
      this.axisTitle = this.svg.querySelector('.axis-title');
      this.what = this.axisTitle.textContent.replace(/, log scale|\s*\(axis.*\)/g, '');
      this.titleAsDrawn = this.axisTitle.textContent;
      this.axisAsDrawn = [...this.axis.children];
    }

    modes(controls, models) {
      const log = make(
          'button', { type: 'button', class: 'mode', 'aria-pressed': this.log }, 'log scale');
      log.addEventListener('click', () => {
        this.log = !this.log;
        log.setAttribute('aria-pressed', this.log);
        this.draw();
      });
      controls.append(log);
      if (models.length > 1) {
        const select = make('select', { 'aria-label': 'Numbers' });
        select.append(make('option', { value: '' }, 'absolute'));
        models.forEach(model => select.append(make('option', { value: model }, `÷ ${model}`)));
        select.addEventListener('change', () => {
          this.against = select.value;
          this.draw();
        });
        controls.append(select);
      }
    }

    // What a point shows now: a number and its interval, or nothing.
    number(point, series) {
      const { value, low, high } = point.dataset;
      if (!this.against) {
        return { value: +value, low: +(low ?? value), high: +(high ?? value) };
      }
      if (series.dataset.model === this.against) {
        return { value: 1, low: 1, high: 1 };
      }
      const paired = (point.dataset.ratios ?? '').split(';').map(ratio => ratio.split(' '))
          .find(ratio => ratio[0] === this.against);
      if (paired) {
        return paired[1] === '?'
          ? null
          : { value: +paired[1], low: +paired[2], high: +paired[3], paired: true };
      }
      const other = this.points.find(each => {
        const theirs = each.closest('.series').dataset;
        return theirs.model === this.against && theirs.state === series.dataset.state
            && Math.round(each.dataset.at) === Math.round(point.dataset.at);
      });
      const ratio = other ? value / other.dataset.value : NaN;
      return other ? { value: ratio, low: ratio, high: ratio } : null;
    }

    draw() {
      const shown = new Map();
      for (const point of this.points) {
        const series = point.closest('.series');
        const number = this.number(point, series);
        point.classList.toggle('off', !number);
        if (number && !series.classList.contains('off')) {
          shown.set(point, number);
        }
        this.extra.set(point, this.against && number ? [this.relation(number, series)] : []);
        this.name(point);
      }
      this.scale([...shown.values()]);
      this.drawAxis();
      shown.forEach((number, point) => this.move(point, number));
      this.svg.querySelectorAll('.series').forEach(series => this.join(series, shown));
      this.svg.querySelectorAll('.guide').forEach(guide => this.guide(guide));
      this.labels(shown);
    }

    relation(number, series) {
      if (series.dataset.model === this.against) {
        return 'the others are relative to this';
      }
      return `${percent(number.value)} of ${this.against}` + (number.paired
        ? ` (${percent(number.low)} to ${percent(number.high)}, paired within rounds)`
        : ', without an interval: not paired');
    }

    scale(numbers) {
      const all = [...this.svg.querySelectorAll('.series')]
          .every(series => !series.classList.contains('off'));
      const asDrawn = !this.against && this.log === this.drawn.log && all;
      const lows = numbers.map(number => number.low > 0 || !this.log ? number.low : number.value);
      const highs = numbers.map(number => number.high);
      if (!this.against) {
        this.guideValues().forEach(value => highs.push(value));
      }
      if (asDrawn || numbers.length === 0) {
        [this.min, this.max] = [this.drawn.min, this.drawn.max];
        if (this.log && this.min <= 0) {
          this.min = this.max / 100;
        }
      } else if (this.log) {
        this.min = Math.min(...lows) / 1.25;
        this.max = Math.max(Math.max(...highs), Math.min(...lows) * 1.5) * 1.25;
      } else if (this.against) {
        const pad = 0.08 * (Math.max(...highs) - Math.min(...lows)) || 0.05;
        this.min = Math.max(0, Math.min(...lows) - pad);
        this.max = Math.max(...highs) + pad;
      } else {
        this.min = this.svg.dataset.unit === 'share' ? this.drawn.min : 0;
        this.max = Math.max(...highs) * 1.06;
      }
    }

    guideValues() {
      return [...this.svg.querySelectorAll('.guide')]
          .flatMap(guide => guide.dataset.values.split(' ').filter((_, i) => i % 2 === 1))
          .map(Number);
    }

    y(value) {
      const at = this.log ? Math.log10 : each => each;
      const within = Math.max(value, this.log ? this.min : -Infinity);
      const share = (at(within) - at(this.min)) / (at(this.max) - at(this.min));
      return this.bottom - share * (this.bottom - this.top);
    }

    ticks() {
      const values = [];
      if (this.log) {
        const range = this.max / this.min;
        const leadings = range > 1000 ? [1] : range > 8 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7];
        for (let ten = Math.floor(Math.log10(this.min)); 10 ** ten <= this.max; ten++) {
          leadings.forEach(leading => values.push(leading * 10 ** ten));
        }
        return values.filter(value => value >= this.min && value <= this.max);
      }
      const rough = (this.max - this.min) / 5;
      const decade = 10 ** Math.floor(Math.log10(rough));
      const leading = rough / decade;
      const step = decade * (leading <= 1.4 ? 1 : leading <= 3 ? 2 : leading <= 7 ? 5 : 10);
      for (let k = Math.ceil(this.min / step - 1e-9); k * step <= this.max; k++) {
        values.push(k * step);
      }
      return values;
    }

    drawAxis() {
      if (!this.against && this.min === this.drawn.min && this.log === this.drawn.log
          && this.max === this.drawn.max) {
        this.axis.replaceChildren(...this.axisAsDrawn);
        this.axisTitle.textContent = this.titleAsDrawn;
        return;
      }
      const format = TICKS[this.against ? 'relative' : this.svg.dataset.unit];
      this.axis.replaceChildren(...this.ticks().flatMap(value => {
        const y = round(this.y(value));
        const line = document.createElementNS(SVG, 'path');
        line.setAttribute('class', 'grid');
        line.setAttribute('d', `M${this.left} ${y}H${this.right}`);
        const label = document.createElementNS(SVG, 'text');
        label.setAttribute('class', 'end');
        label.setAttribute('x', this.left - 8);
        label.setAttribute('y', y + 5);
        label.textContent = format(value);
        return [line, label];
      }));
      this.axisTitle.textContent = this.what + (this.against ? `, relative to ${this.against}` : '')
          + (this.log ? ', log scale' : '');
    }

    move(point, number) {
      const x = point.getAttribute('transform').match(/\(([-\d.]+)/)[1];
      const y = this.y(number.value);
      point.setAttribute('transform', `translate(${x} ${round(y)})`);
      point.shownAt = [x, round(y)];
      const interval = point.querySelector('.interval');
      if (interval) {
        const low = round(this.y(number.low) - y);
        const high = round(this.y(number.high) - y);
        interval.setAttribute('d', low === high ? '' : `M0 ${low}V${high}M-4 ${low}H4M-4 ${high}H4`);
      }
    }

    join(series, shown) {
      for (const curve of series.querySelectorAll('.curve')) {
        const sharing = curve.classList.contains('oversubscribed');
        const places = [...series.querySelectorAll('.point')]
            .filter(point => point.classList.contains('oversubscribed') === sharing)
            .filter(point => shown.has(point))
            .map(point => point.shownAt.join(' '));
        curve.setAttribute('d', places.length > 1 ? `M${places.join('L')}` : '');
      }
    }

    guide(guide) {
      guide.classList.toggle('off', Boolean(this.against));
      const xs = guide.getAttribute('d').match(/[ML]([-\d.]+)/g).map(x => x.slice(1));
      const values = guide.dataset.values.split(' ').map(Number).filter((_, i) => i % 2 === 1);
      guide.setAttribute(
          'd', `M${values.map((value, i) => `${xs[i]} ${round(this.y(value))}`).join('L')}`);
    }

    // Each at the height of its line's end, as far as its neighbors allow.
    labels(shown) {
      const labels = [];
      for (const label of this.svg.querySelectorAll('.label')) {
        const { model, value } = label.dataset;
        const last = [...shown.keys()].filter(point => {
          const series = point.closest('.series');
          return series.dataset.model === model && !series.classList.contains('faint');
        }).pop();
        const off = model ? !last : Boolean(this.against);
        label.classList.toggle('off', off);
        if (!off) {
          labels.push({ label, y: model ? last.shownAt[1] : this.y(+value) });
        }
      }
      labels.sort((a, b) => a.y - b.y);
      let floor = this.top;
      for (const each of labels) {
        each.y = Math.max(each.y, floor);
        floor = each.y + 18;
      }
      let ceiling = this.bottom;
      for (const each of labels.reverse()) {
        each.y = Math.min(each.y, ceiling);
        ceiling = each.y - 18;
        each.label.setAttribute('y', round(each.y + 5));
      }
    }
  }

  for (const figure of document.querySelectorAll('figure')) {
    const upright = figure.querySelector('svg.upright') !== null;
    const picture = upright ? new Upright(figure) : new Picture(figure);
    const controls = make('div', { class: 'controls', role: 'group', 'aria-label': 'Show' });
    const models = picture.toggles(controls);
    if (upright) {
      picture.modes(controls, models);
    }
    if (controls.children.length > 0) {
      figure.querySelector('.scroll').before(controls);
    }
  }

  // The contents list says where the reader is.
  const links = new Map([...document.querySelectorAll('nav a')]
      .map(link => [link.getAttribute('href').slice(1), link]));
  const watcher = new IntersectionObserver(entries => {
    for (const entry of entries.filter(each => each.isIntersecting)) {
      links.forEach(link => link.removeAttribute('aria-current'));
      links.get(entry.target.id)?.setAttribute('aria-current', 'true');
    }
  }, { rootMargin: '-10% 0px -80% 0px' });
  document.querySelectorAll('main > section').forEach(section => watcher.observe(section));

  // A link to a table behind its name opens it.
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    target?.querySelector(':scope > details')?.setAttribute('open', '');
    target?.closest('details')?.setAttribute('open', '');
  };
  addEventListener('hashchange', open);
  open();
})();
