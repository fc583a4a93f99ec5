import { wasi } from "@bjorn3/browser_wasi_shim";

/** browser_wasi_shim 0.4.2 writes the three times at wrong offsets; this one follows the WASI layout. */
export function fileStat(ino: bigint, fileType: number, size: bigint, modifiedNs: bigint) {
  const stat = new wasi.Filestat(ino, fileType, size);
  stat.write_bytes = (view: DataView, pointer: number) => {
    view.setBigUint64(pointer, 0n, true);
    view.setBigUint64(pointer + 8, ino, true);
    view.setUint8(pointer + 16, fileType);
    view.setBigUint64(pointer + 24, 1n, true);
    view.setBigUint64(pointer + 32, size, true);
    for (const offset of [40, 48, 56]) view.setBigUint64(pointer + offset, modifiedNs, true);
  };
  return stat;
}
