// Of a page that is one file: program and data are inside, compressed.
Keyhole.inside = async (id) => {
  const packed = Uint8Array.from(atob(document.getElementById(id).textContent), (c) => c.charCodeAt(0));
  return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
};
Keyhole.data = Keyhole.inside('data');
Keyhole.instantiate = async (imports) => WebAssembly.instantiate(await Keyhole.inside('wasm'), imports);
