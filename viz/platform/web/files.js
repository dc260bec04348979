// Files that come and go, what the window remembers, and its connections.

Keyhole.files = {
  input: document.getElementById('file'),
  most: 256 * 1024 * 1024,

  pick() {
    this.input.value = '';
    this.input.click();
  },
  async open(file) {
    if (!file || !Keyhole.running) return;
    if (file.size > this.most) return Keyhole.say(`${file.name} is too long to be opened here`);
    const path = '/files/' + file.name.replace(/[\/\0]/g, '_');
    try {
      FS.writeFile(path, new Uint8Array(await file.arrayBuffer()));
      Keyhole.withText(path, (at) => _keyhole_open_file(at));
    } catch (error) {
      Keyhole.say(`${file.name} cannot be read (${error.message || error})`);
    }
    Keyhole.stir();
  },
  download(path) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([FS.readFile(path)]));
    link.download = path.slice(path.lastIndexOf('/') + 1);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  },
};
Keyhole.files.input.addEventListener('change', () => Keyhole.files.open(Keyhole.files.input.files[0]));
window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  Keyhole.files.open(event.dataTransfer.files[0]);
});

Keyhole.memory = {
  name: 'keyhole.window',
  read() {
    try {
      const settings = localStorage.getItem(this.name);
      if (settings) FS.writeFile('/state/window.json', settings);
    } catch (error) { /* a browser that keeps nothing */ }
  },
  write(settings) {
    try {
      localStorage.setItem(this.name, settings);
    } catch (error) { /* as above */ }
  },
};

Keyhole.sockets = {
  open_: new Map(),
  last: 0,

  ownHost() {
    return `${location.hostname}:${location.port || (location.protocol === 'https:' ? 443 : 80)}`;
  },
  open(owner, where) {
    let socket;
    try {
      socket = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + where);
    } catch (error) {
      return 0;
    }
    const number = ++this.last;
    this.open_.set(number, socket);
    const tell = (what) => { if (this.open_.has(number)) { what(); Keyhole.stir(); } };
    socket.onopen = () => tell(() => _keyhole_socket_opened(owner, number));
    socket.onmessage = (event) => tell(() => {
      if (typeof event.data === 'string')
        Keyhole.withText(event.data, (at) => _keyhole_socket_message(owner, number, at));
    });
    socket.onclose = (event) => tell(() => {
      this.open_.delete(number);
      const why = event.wasClean && event.code <= 1001 ? '' : event.reason || 'the connection was lost';
      Keyhole.withText(why, (at) => _keyhole_socket_closed(owner, number, at, socket.bufferedAmount));
    });
    return number;
  },
  send(number, text) {
    const socket = this.open_.get(number);
    if (socket && socket.readyState === WebSocket.OPEN) socket.send(text);
  },
  close(number) {
    const socket = this.open_.get(number);
    this.open_.delete(number);
    if (!socket) return 0;
    const unsent = socket.bufferedAmount;
    socket.close();
    return unsent;
  },
};
