'use strict';
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const search = document.getElementById('search');
  const hits = document.getElementById('hits');
  const svg = document.querySelector('.canvas svg');
  const canvas = document.querySelector('.canvas');

  // Searching: every word has to be in a thing's text. A few hits are opened.
  const things = all('main .find').map((element) => ({ element, text: element.textContent.toLowerCase(), was: element.open }));
  const find = (query) => {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    const isHit = ({ text }) => words.every((word) => text.includes(word));
    let found = 0;
    const listed = things.filter(({ element }) => !element.classList.contains('box'));
    for (const thing of things) {
      const hit = isHit(thing);
      if (thing.element.classList.contains('box')) {
        thing.element.classList.toggle('away', !hit);
      } else {
        thing.element.hidden = !hit;
        found += hit ? 1 : 0;
      }
    }
    for (const { element, was } of listed) {
      if (element.tagName === 'DETAILS') element.open = words.length && !element.hidden ? found <= 6 || was : was;
    }
    for (const section of all('main section:not(#diagram)')) {
      section.hidden = words.length > 0 && !section.querySelector('.find:not([hidden])');
    }
    // Where no table is meant, the diagram stays as it is.
    const drawn = all('a.box');
    if (drawn.every((box) => box.classList.contains('away'))) drawn.forEach((box) => box.classList.remove('away'));
    document.body.classList.toggle('searching', words.length > 0);
    const boxes = new Map(all('a.box').map((box) => [box.dataset.at, !box.classList.contains('away')]));
    for (const line of all('.lines path')) {
      line.classList.toggle('away', words.length > 0 && !(boxes.get(line.dataset.from) && boxes.get(line.dataset.to)));
    }
    const first = words.length && document.querySelector('a.box:not(.away)');
    if (first) {
      const box = first.getBoundingClientRect();
      const around = canvas.getBoundingClientRect();
      canvas.scrollBy(box.left - around.left - 24, box.top - around.top - 24);
    }
    hits.textContent = words.length ? `${found} of ${listed.length}` : '';
    document.getElementById('nothing').hidden = !words.length || found > 0;
  };
  search.addEventListener('input', () => {
    history.replaceState(null, '', search.value ? `#q=${encodeURIComponent(search.value)}` : ' ');
    find(search.value);
  });
  search.form.addEventListener('submit', (event) => event.preventDefault());
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    }
  });

  // `#q=words` searches; any other name opens what it is the name of.
  const follow = () => {
    const hash = location.hash.slice(1);
    if (hash.startsWith('q=')) {
      search.value = decodeURIComponent(hash.slice(2));
      find(search.value);
      return;
    }
    const target = hash && document.getElementById(decodeURIComponent(hash));
    if (target && target.tagName === 'DETAILS') {
      if (target.hidden) {
        search.value = '';
        find('');
      }
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener('hashchange', follow);

  // Light and dark: what the system says, until somebody switches.
  const root = document.documentElement;
  document.getElementById('theme').addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });

  if (svg) {
    const width = svg.viewBox.baseVal.width;
    const height = svg.viewBox.baseVal.height;
    let scale = 1;
    const zoom = (to) => {
      const middle = (canvas.scrollLeft + canvas.clientWidth / 2) / scale;
      const centre = (canvas.scrollTop + canvas.clientHeight / 2) / scale;
      scale = Math.min(3, Math.max(0.05, to));
      svg.setAttribute('width', width * scale);
      svg.setAttribute('height', height * scale);
      canvas.scrollLeft = middle * scale - canvas.clientWidth / 2;
      canvas.scrollTop = centre * scale - canvas.clientHeight / 2;
    };
    const fit = (least) => zoom(Math.max(least, Math.min(1, (canvas.clientWidth - 2) / width)));
    all('[data-zoom]').forEach((button) =>
      button.addEventListener('click', () => {
        if (button.dataset.zoom === 'fit') fit(0.05);
        else zoom(scale * (button.dataset.zoom === 'in' ? 1.25 : 0.8));
      })
    );
    // At first as wide as the page, unless nobody could read that.
    fit(0.45);
    canvas.scrollTo(0, 0);

    // Dragging moves the diagram, a click follows its link.
    let held = null;
    canvas.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse' && event.button === 0) {
        held = { x: event.clientX, y: event.clientY, left: canvas.scrollLeft, top: canvas.scrollTop, moved: false };
      }
    });
    addEventListener('pointermove', (event) => {
      if (!held) return;
      const [dx, dy] = [event.clientX - held.x, event.clientY - held.y];
      if (Math.abs(dx) + Math.abs(dy) > 4) held.moved = true;
      if (held.moved) {
        canvas.classList.add('held');
        canvas.scrollTo(held.left - dx, held.top - dy);
      }
    });
    addEventListener('pointerup', () => {
      canvas.classList.remove('held');
      const was = held;
      held = null;
      if (was && was.moved) {
        addEventListener('click', (event) => event.preventDefault(), { capture: true, once: true });
        setTimeout(() => {}, 0);
      }
    });
    canvas.addEventListener('dragstart', (event) => event.preventDefault());

    // What a table is tied to stands out while it is pointed at.
    const lines = all('.lines path');
    const near = (at) => {
      const ends = new Set();
      for (const line of lines) {
        const is = at !== null && (line.dataset.from === at || line.dataset.to === at);
        line.classList.toggle('near', is);
        if (is) ends.add(line.dataset.from).add(line.dataset.to);
      }
      all('a.box').forEach((box) => box.classList.toggle('near', ends.has(box.dataset.at)));
    };
    all('a.box').forEach((box) => {
      box.addEventListener('pointerenter', () => near(box.dataset.at));
      box.addEventListener('pointerleave', () => near(null));
      box.addEventListener('focus', () => near(box.dataset.at));
      box.addEventListener('blur', () => near(null));
    });
  }
  follow();
})();
