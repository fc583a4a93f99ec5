import type { Pointer, SqliteFunctions } from "./sqlite-functions.ts";

/** What we use of the package's own helpers. */
export interface WasmHelpers {
  exports: SqliteFunctions;
  memory: WebAssembly.Memory;
  alloc(bytes: number): Pointer;
  dealloc(pointer: Pointer): void;
  allocCString(text: string): Pointer;
  cstrToJs(pointer: Pointer): string | null;
  installFunction(signature: string, body: (...args: number[]) => number): Pointer;
}

export interface VfsStruct {
  $xCurrentTimeInt64: Pointer;
}

export interface SqliteModule {
  version: { libVersion: string };
  wasm: WasmHelpers;
  capi: {
    sqlite3_vfs_find(name: string): Pointer;
    sqlite3_vfs: new (pointer: Pointer) => VfsStruct;
  };
}
