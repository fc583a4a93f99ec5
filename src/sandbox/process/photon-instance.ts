/**
 * One instance of photon's WebAssembly, spoken to through the few functions that we use.
 *
 * We do not use the JavaScript that comes with the package: it keeps one instance for good, and
 * photon's memory never shrinks and is of no use after a trap. Here an instance is a value that
 * can be dropped. The functions' shapes are those of @cf-wasm/photon 0.4.0 (wasm-bindgen).
 */

/** A pointer to a picture in photon's memory. */
export type PhotonImage = number & { readonly __photonImage: unique symbol };

interface PhotonExports {
  memory: WebAssembly.Memory;
  __wbindgen_externrefs: WebAssembly.Table;
  __wbindgen_start(): void;
  __wbindgen_malloc(size: number, align: number): number;
  __wbindgen_free(pointer: number, size: number, align: number): void;
  __wbg_photonimage_free(image: number, unused: number): void;
  photonimage_new(pixels: number, length: number, width: number, height: number): number;
  photonimage_new_from_byteslice(bytes: number, length: number): number;
  photonimage_get_width(image: number): number;
  photonimage_get_height(image: number): number;
  photonimage_get_raw_pixels(image: number): [number, number];
  photonimage_get_bytes(image: number): [number, number];
  photonimage_get_bytes_jpeg(image: number, quality: number): [number, number];
  photonimage_get_bytes_webp(image: number): [number, number];
  resize(image: number, width: number, height: number, samplingFilter: number): number;
  filter(image: number, name: number, length: number): void;
}

/** Linear interpolation over every source pixel: as good as Lanczos for making smaller, and faster. */
const TRIANGLE = 2;

export class PhotonInstance {
  readonly #exports: PhotonExports;

  constructor(module: WebAssembly.Module) {
    const instance = new WebAssembly.Instance(
      module,
      importsFor(module, () => this.#exports),
    );
    this.#exports = instance.exports as unknown as PhotonExports;
    this.#exports.__wbindgen_start();
  }

  get memoryBytes(): number {
    return this.#exports.memory.buffer.byteLength;
  }

  /** @param bytes a whole picture file; traps where it cannot be decoded */
  decode(bytes: Uint8Array): PhotonImage {
    return this.#exports.photonimage_new_from_byteslice(
      this.#copyIn(bytes),
      bytes.length,
    ) as PhotonImage;
  }

  fromPixels(rgba: Uint8Array, width: number, height: number): PhotonImage {
    return this.#exports.photonimage_new(
      this.#copyIn(rgba),
      rgba.length,
      width,
      height,
    ) as PhotonImage;
  }

  width(image: PhotonImage): number {
    return this.#exports.photonimage_get_width(image);
  }

  height(image: PhotonImage): number {
    return this.#exports.photonimage_get_height(image);
  }

  /** Red, green, blue and alpha of each pixel, row by row. */
  pixels(image: PhotonImage): Uint8Array<ArrayBuffer> {
    return this.#copyOut(this.#exports.photonimage_get_raw_pixels(image));
  }

  resize(image: PhotonImage, width: number, height: number): PhotonImage {
    return this.#exports.resize(image, width, height, TRIANGLE) as PhotonImage;
  }

  /** Changes the picture in place. An unknown name leaves it as it is. */
  filter(image: PhotonImage, name: string): void {
    const text = new TextEncoder().encode(name);
    this.#exports.filter(image, this.#copyIn(text), text.length);
  }

  toPng(image: PhotonImage): Uint8Array<ArrayBuffer> {
    return this.#copyOut(this.#exports.photonimage_get_bytes(image));
  }

  toJpeg(image: PhotonImage, quality: number): Uint8Array<ArrayBuffer> {
    return this.#copyOut(this.#exports.photonimage_get_bytes_jpeg(image, quality));
  }

  toWebp(image: PhotonImage): Uint8Array<ArrayBuffer> {
    return this.#copyOut(this.#exports.photonimage_get_bytes_webp(image));
  }

  free(image: PhotonImage): void {
    this.#exports.__wbg_photonimage_free(image, 0);
  }

  /** The callee frees what is copied in. */
  #copyIn(bytes: Uint8Array): number {
    const pointer = this.#exports.__wbindgen_malloc(bytes.length, 1) >>> 0;
    new Uint8Array(this.#exports.memory.buffer, pointer, bytes.length).set(bytes);
    return pointer;
  }

  #copyOut([signedPointer, length]: [number, number]): Uint8Array<ArrayBuffer> {
    const pointer = signedPointer >>> 0;
    const copy = new Uint8Array(this.#exports.memory.buffer, pointer, length).slice();
    this.#exports.__wbindgen_free(pointer, length, 1);
    return copy as Uint8Array<ArrayBuffer>;
  }
}

/**
 * Photon imports functions for canvas elements, which nothing here calls. Only the table of
 * JavaScript values must be set up, and a panic must not look like a missing function.
 */
function importsFor(module: WebAssembly.Module, exports: () => PhotonExports): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: room, name } of WebAssembly.Module.imports(module)) {
    (imports[room] ??= {})[name] = importedFunction(name, exports);
  }
  return imports;
}

function importedFunction(name: string, exports: () => PhotonExports): WebAssembly.ImportValue {
  if (name === "__wbindgen_init_externref_table")
    return () => setUpValueTable(exports().__wbindgen_externrefs);
  if (/^__wbg_(new|stack|error)_/.test(name)) return () => undefined; // how a panic reports itself
  return () => {
    throw new Error(`photon called ${name}, which needs a page`);
  };
}

function setUpValueTable(table: WebAssembly.Table): void {
  const offset = table.grow(4);
  [undefined, null, true, false].forEach((value, index) => table.set(offset + index, value));
}
