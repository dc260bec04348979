// The keyboard. A field that nobody sees has it, so that dead keys, input methods and telephones can write; what they
// write goes to the window as text. Keys with a name, and those of commands, are taken before the browser has them.

Keyhole.keys = {
  field: document.getElementById('typing'),
  typing: false, // somebody types into a field of the window
  composed: '',  // what an input method has written so far and may still change
  held: new Set(),
  touch: window.matchMedia('(pointer: coarse)').matches,

  begin() {
    const field = this.field;
    window.addEventListener('keydown', (event) => this.down(event), true);
    window.addEventListener('keyup', (event) => this.key(0, event), true);
    window.addEventListener('blur', () => this.releaseAll());
    field.addEventListener('input', (event) => { if (!event.isComposing) this.take(); });
    field.addEventListener('compositionupdate', (event) => this.compose(event.data));
    field.addEventListener('compositionend', (event) => { this.compose(event.data, true); field.value = ''; });
    field.addEventListener('beforeinput', (event) => {
      // A telephone's keys have no names: their deletions and line ends come as changes of the text.
      const name = { deleteContentBackward: 'Backspace', insertLineBreak: 'Enter' }[event.inputType];
      if (!name || event.isComposing) return;
      event.preventDefault();
      this.stroke(name);
    });
    if (!this.touch) {
      field.focus();
      window.addEventListener('focus', () => field.focus());
      document.addEventListener('pointerup', () => field.focus());
    }
  },
  modifiers(event) {
    if (event.getModifierState && event.getModifierState('AltGraph')) return event.shiftKey ? 1 : 0;
    return (event.shiftKey ? 1 : 0) | (event.ctrlKey || event.metaKey ? 2 : 0) | (event.altKey ? 4 : 0);
  },
  key(kind, event) {
    if (kind) this.held.add(event.key); else this.held.delete(event.key);
    const used = Keyhole.withText(event.key, (at) => _keyhole_key(kind, at, this.modifiers(event)));
    Keyhole.stir();
    return used !== 0;
  },
  down(event) {
    if (event.isComposing || event.key === 'Process' || event.key === 'Unidentified' || event.key === 'Dead') return;
    const modifiers = this.modifiers(event), ctrl = (modifiers & 2) !== 0;
    if (ctrl && event.key.toLowerCase() === 'v') return; // the browser answers with a paste event
    const used = this.key(event.repeat ? 2 : 1, event);
    if (used || (ctrl && 'axyz'.includes(event.key.toLowerCase()))) return event.preventDefault();
    if (event.key.length === 1 && !ctrl && !(modifiers & 4) && document.activeElement !== this.field) {
      event.preventDefault();
      this.write(event.key);
    }
  },
  releaseAll() {
    for (const key of this.held) Keyhole.withText(key, (at) => _keyhole_key(0, at, 0));
    this.held.clear();
    Keyhole.stir();
  },
  stroke(name) {
    for (const kind of [1, 0]) Keyhole.withText(name, (at) => _keyhole_key(kind, at, 0));
    Keyhole.stir();
  },
  write(text) {
    if (text) Keyhole.withText(text, (at) => _keyhole_text(at));
    Keyhole.stir();
  },
  take() {
    this.write(this.field.value.replace(/\n/g, ''));
    this.field.value = '';
  },
  /// While somebody types into a field, an input method's text stands there as it grows.
  compose(text, done) {
    if (!this.typing) {
      if (done) this.write(text);
      return;
    }
    const before = [...this.composed], after = [...text];
    let same = 0;
    while (same < before.length && same < after.length && before[same] === after[same]) ++same;
    for (let i = same; i < before.length; ++i) this.stroke('Backspace');
    this.write(after.slice(same).join(''));
    this.composed = done ? '' : text;
  },
  setTyping(typing, x, y, height) {
    const ratio = window.devicePixelRatio || 1;
    if (typing && height > 0 && x >= 0 && y >= 0 && x < 1e6 && y < 1e6) {
      this.field.style.left = `${x / ratio}px`;
      this.field.style.top = `${y / ratio}px`;
    }
    if (typing === this.typing) return;
    this.typing = typing;
    this.composed = '';
    // A telephone's keys come and go with the field.
    if (this.touch) { if (typing) this.field.focus(); else this.field.blur(); }
  },
};

Keyhole.clipboard = {
  copy(text) {
    if (navigator.clipboard && window.isSecureContext)
      return navigator.clipboard.writeText(text).catch(() => this.copyByEvent(text));
    return this.copyByEvent(text);
  },
  /// A page from a plain-HTTP address has no other way.
  copyByEvent(text) {
    const put = (event) => {
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    document.addEventListener('copy', put, { capture: true, once: true });
    const done = document.execCommand('copy');
    document.removeEventListener('copy', put, { capture: true });
    if (!done) Keyhole.say('that was not copied (the browser does not allow it; try once more with a key)');
  },
};
document.addEventListener('paste', (event) => {
  const text = event.clipboardData.getData('text/plain');
  event.preventDefault();
  if (!text) return;
  Keyhole.withText(text, (at) => _keyhole_paste(at));
  Keyhole.stir();
});
