// Mouse, pen and fingers. A finger that moves up or down scrolls what is below it, as everywhere; sideways it drags, as
// the scrubber wants it, and so it does after it rested. Two fingers scroll, too.

Keyhole.pointer = {
  finger: null, // {id, x, y, drags, scrolls, rest}
  others: new Set(),
  slack: 8, // CSS pixels until a finger has moved
  rests: 350, // milliseconds

  place(event) {
    const ratio = window.devicePixelRatio || 1;
    _keyhole_mouse(event.clientX * ratio, event.clientY * ratio);
    Keyhole.stir();
  },
  button(number, down) {
    Keyhole.before.push(() => _keyhole_button(number, down));
    Keyhole.stir();
  },
  wheel(across, down) {
    _keyhole_wheel(across, down);
    Keyhole.stir();
  },

  down(event) {
    Keyhole.canvas.setPointerCapture(event.pointerId);
    if (event.pointerType !== 'touch') {
      this.place(event);
      return this.button([0, 2, 1][event.button] ?? event.button, 1);
    }
    this.others.add(event.pointerId);
    if (this.finger) return;
    this.finger = { id: event.pointerId, x: event.clientX, y: event.clientY, drags: false, scrolls: false };
    this.place(event);
    this.finger.rest = setTimeout(() => this.drag(), this.rests);
  },
  drag() {
    if (!this.finger || this.finger.drags || this.finger.scrolls) return;
    this.finger.drags = true;
    this.button(0, 1);
  },
  move(event) {
    const finger = this.finger;
    if (event.pointerType !== 'touch') return this.place(event);
    if (!finger || finger.id !== event.pointerId) return;
    const across = event.clientX - finger.x, down = event.clientY - finger.y;
    if (!finger.drags && !finger.scrolls && Math.hypot(across, down) > this.slack) {
      if (this.others.size > 1 || Math.abs(down) > Math.abs(across)) finger.scrolls = true; else this.drag();
    }
    if (finger.scrolls) {
      this.wheel(0, down / 40);
      finger.x = event.clientX;
      finger.y = event.clientY;
    } else if (finger.drags) {
      Keyhole.before.push(() => this.place(event));
      Keyhole.stir();
    }
  },
  up(event, cancelled) {
    this.others.delete(event.pointerId);
    if (event.pointerType !== 'touch') return this.button([0, 2, 1][event.button] ?? event.button, 0);
    const finger = this.finger;
    if (!finger || finger.id !== event.pointerId) return;
    clearTimeout(finger.rest);
    this.finger = null;
    if (!finger.drags && !finger.scrolls && !cancelled) this.button(0, 1); // a tap
    if (finger.drags || (!finger.scrolls && !cancelled)) this.button(0, 0);
    // Nothing is pointed at any more.
    Keyhole.before.push(() => {}, () => _keyhole_mouse(-1e6, -1e6));
    // Within the gesture, since a telephone shows its keys for no other reason.
    for (let i = 0; i < 4 && Keyhole.before.length; ++i) Keyhole.frame();
  },
  begin(canvas) {
    canvas.addEventListener('pointerdown', (event) => { if (Keyhole.running) this.down(event); });
    canvas.addEventListener('pointermove', (event) => { if (Keyhole.running) this.move(event); });
    canvas.addEventListener('pointerup', (event) => { if (Keyhole.running) this.up(event, false); });
    canvas.addEventListener('pointercancel', (event) => { if (Keyhole.running) this.up(event, true); });
    canvas.addEventListener('pointerleave', (event) => {
      if (!Keyhole.running || event.pointerType === 'touch') return;
      _keyhole_mouse(-1e6, -1e6);
      Keyhole.stir();
    });
    canvas.addEventListener('wheel', (event) => {
      if (event.ctrlKey || !Keyhole.running) return; // the browser's zoom
      event.preventDefault();
      const unit = event.deltaMode === 0 ? 100 : event.deltaMode === 1 ? 3 : 1;
      this.wheel(-event.deltaX / unit, -event.deltaY / unit);
    }, { passive: false });
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  },
};
Keyhole.pointer.begin(Keyhole.canvas);
