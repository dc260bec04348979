// Of a served page: program and data are files beside it. (pack.py puts their names in.)
Keyhole.data = fetch('@DATA@').then((answer) => answer.arrayBuffer());
Keyhole.instantiate = async (imports) => {
  const answer = fetch('@WASM@');
  try {
    return await WebAssembly.instantiateStreaming(answer, imports);
  } catch (error) { // a server that does not know what a .wasm is
    return WebAssembly.instantiate(await (await fetch('@WASM@')).arrayBuffer(), imports);
  }
};
