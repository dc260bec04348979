// The step in the location bar: a jump is a page of the browser's history, and its back and forward undo and redo it.
// A link may hold a whole recording: #r=RECORDING&at=ADDRESS.

Keyhole.place = {
  jumps: 0,
  session: null,
  prefix: '',     // of the address: the recording that came with the link
  linked: null,   // the trace that came with it
  ownMoves: 0,    // of the history, that are on their way
  waiting: 0,

  /// As it stands there where it is no URL's encoding.
  decoded(text) {
    try {
      return decodeURIComponent(text);
    } catch (error) {
      return text;
    }
  },
  wanted() {
    const hash = this.decoded(location.hash.slice(1));
    return hash.startsWith('r=') ? '' : hash;
  },
  show(address, jumps, session) {
    const first = this.session === null, other = session !== this.session;
    if (first && this.prefix) this.linked = session;
    const hash = '#' + (session === this.linked ? this.prefix : '') + address;
    const further = !first && !other && jumps > this.jumps, less = !other && jumps < this.jumps;
    const steps = jumps - this.jumps;
    this.jumps = jumps;
    this.session = session;
    this.put = [{ jumps, session }, hash];
    if (less) {
      ++this.ownMoves;
      return history.go(steps);
    }
    if (further) return this.write('pushState');
    // Every step of a trace that plays: browsers take a few of these a second.
    if (!this.waiting) this.waiting = setTimeout(() => { this.waiting = 0; this.write('replaceState'); }, first ? 0 : 300);
  },
  write(how) {
    clearTimeout(this.waiting);
    this.waiting = 0;
    const [state, hash] = this.put;
    try {
      history[how](state, '', hash);
    } catch (error) {
      console.warn('the location bar stays as it is', error);
    }
  },
  moved(event) {
    if (!Keyhole.running) return;
    if (this.ownMoves > 0) {
      --this.ownMoves;
      return this.write('replaceState');
    }
    const state = event.state;
    if (state && state.session === this.session) {
      this.jumps = state.jumps;
      _keyhole_turn(state.jumps);
    } else {
      const address = this.decoded(location.hash.slice(1)).replace(/^r=[^&]*&at=/, '');
      if (address) Keyhole.withText(address, (at) => _keyhole_go_to(at));
    }
    Keyhole.stir();
  },
};
window.addEventListener('popstate', (event) => Keyhole.place.moved(event));

Keyhole.link = {
  most: 2 ** 20, // bytes of a recording: a small link may unpack to anything

  async through(bytes, stream) {
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader(), parts = [];
    let size = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      size += part.value.length;
      if (size > this.most) {
        await reader.cancel();
        throw new RangeError('too long');
      }
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  },
  async copy(recording, address) {
    const packed = await this.through(new TextEncoder().encode(recording), new CompressionStream('gzip'));
    let text = '';
    for (const byte of packed) text += String.fromCharCode(byte);
    const data = btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
    Keyhole.clipboard.copy(`${location.href.replace(/[?#].*$/, '')}#r=${data}&at=${address}`);
  },
  /// The recording that came with the page or its address; nothing where none did.
  async read() {
    const inside = document.getElementById('recording');
    if (inside) return { path: '/files/' + inside.dataset.name, recording: inside.textContent, address: inside.dataset.at };
    const [, data, address] = location.hash.match(/^#r=([\w-]+)(?:&at=(.*))?$/) || [];
    if (!data) return null;
    try {
      const packed = Uint8Array.from(atob(data.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
      const recording = await this.through(packed, new DecompressionStream('gzip'));
      Keyhole.place.prefix = `r=${data}&at=`;
      return { path: '/files/linked.json', recording, address: Keyhole.place.decoded(address || '') };
    } catch (error) {
      return { path: '/files/linked.json', recording: 'this link is damaged', address: '' };
    }
  },
};
