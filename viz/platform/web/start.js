'use strict';
// The page's script begins here: what it has to load, the flags in its address, and the loop that draws when something
// happened. The other parts add themselves to Keyhole; the program's own script comes last.

var Keyhole = {
  canvas: document.getElementById('canvas'),
  state: document.getElementById('state'),
  running: false,

  /// A text in the program's memory while `use` runs.
  withText(text, use) {
    const bytes = new TextEncoder().encode(text);
    const at = _malloc(bytes.length + 1);
    HEAPU8.set(bytes, at);
    HEAPU8[at + bytes.length] = 0;
    try {
      return use(at);
    } finally {
      _free(at);
    }
  },
  say(words) { Keyhole.withText(words, (at) => _keyhole_say(at)); Keyhole.stir(); },
  fail(words) {
    Keyhole.state.textContent = words;
    document.body.dataset.state = 'failed';
  },
  title(words) {
    document.title = words;
    Keyhole.canvas.setAttribute('aria-label', words);
  },

  // --- the loop: an animation frame while something moves, a timer until the next thing is due, else nothing

  scheduled: 0, // the number of the animation frame that will come
  timer: 0,
  before: [], // one of these is done before each frame: a button's press and its release are never in one
  stir() {
    if (!Keyhole.running || Keyhole.scheduled) return;
    Keyhole.scheduled = requestAnimationFrame(Keyhole.frame);
  },
  frame() {
    cancelAnimationFrame(Keyhole.scheduled); // frame() may be called before it
    Keyhole.scheduled = 0;
    clearTimeout(Keyhole.timer);
    if (!Keyhole.running) return;
    const next = Keyhole.before.shift();
    if (next) next();
    let wait;
    try {
      wait = _keyhole_frame(performance.now() / 1000);
    } catch (error) {
      Keyhole.running = false;
      Keyhole.fail('The window has stopped (' + error + '). Reload the page to begin again.');
      throw error;
    }
    if (!document.body.dataset.state) {
      document.body.dataset.state = 'ready';
      Keyhole.state.textContent = '';
    }
    if (wait === 0 || Keyhole.before.length) return Keyhole.stir();
    if (wait > 0) Keyhole.timer = setTimeout(Keyhole.stir, Math.min(wait * 1000, 2 ** 30));
  },
  resize() {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(Keyhole.canvas.clientWidth * ratio), height = Math.round(Keyhole.canvas.clientHeight * ratio);
    if (!width || !height) return;
    Keyhole.canvas.width = width;
    Keyhole.canvas.height = height;
    _keyhole_resize(width, height, ratio);
    Keyhole.frame(); // a canvas of a new size is empty
  },

  // --- the flags of keyhole-viz, as the query has them

  flags() {
    const flags = [];
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (name === 'follow' && value === '') flags.push('--follow=' + Keyhole.sockets.ownHost());
      else flags.push(value === '' ? '--' + name : `--${name}=${value}`);
    }
    return flags;
  },

  /// [path, size] for each file on the first line, then their bytes, one after another.
  unpack(data) {
    const end = data.indexOf(10);
    let at = end + 1;
    for (const [path, size] of JSON.parse(new TextDecoder().decode(data.subarray(0, end)))) {
      FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
      FS.writeFile(path, data.subarray(at, at + size));
      at += size;
    }
  },

  async run() {
    const [data, linked] = await Promise.all([Keyhole.data, Keyhole.link.read()]);
    Keyhole.unpack(new Uint8Array(data));
    for (const folder of ['/files', '/state']) FS.mkdirTree(folder);
    FS.chdir('/files');
    Keyhole.memory.read();
    const flags = Keyhole.flags();
    if (linked) {
      FS.writeFile(linked.path, linked.recording);
      flags.push('--open=' + linked.path);
    }
    const address = Keyhole.place.wanted() || (linked && linked.address);
    const status = callMain(flags);
    if (status) return Keyhole.fail('The window cannot be shown: ' + Keyhole.warned.join('\n'));
    if (Keyhole.printed.length) { // --help, --version
      Keyhole.state.classList.add('plain');
      return Keyhole.fail(Keyhole.printed.join('\n'));
    }
    Keyhole.running = true;
    if (address) Keyhole.withText(address, (at) => _keyhole_go_to(at));
    new ResizeObserver(Keyhole.resize).observe(Keyhole.canvas);
    window.addEventListener('resize', Keyhole.resize); // another screen may have another ratio
    Keyhole.keys.begin();
    Keyhole.resize();
  },
  printed: [],
  warned: [],
};

var Module = {
  noInitialRun: true,
  print: (line) => Keyhole.printed.push(line),
  printErr: (line) => { console.warn(line); Keyhole.warned.push(line); },
  instantiateWasm(imports, done) {
    Keyhole.instantiate(imports).then((result) => done(result.instance, result.module),
        (error) => Keyhole.fail('The window cannot be loaded (' + error + '; is this browser up to date?)'));
    return {};
  },
  onRuntimeInitialized: () => Keyhole.run().catch((error) => { Keyhole.fail(String(error)); throw error; }),
};
