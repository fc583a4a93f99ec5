/** `/dev/line`: Ruby writes which line of the app's code began (ruby/sandbox/last_line.rb). */
import { Fd, Inode, wasi } from "@bjorn3/browser_wasi_shim";
import type { ProcessControl } from "../control.ts";
import { fileStat } from "./file-stat.ts";

export class LineDevice extends Inode {
  readonly #control: ProcessControl;

  constructor(control: ProcessControl) {
    super();
    this.#control = control;
  }

  override path_open() {
    return { ret: wasi.ERRNO_SUCCESS, fd_obj: new OpenLineDevice(this.#control) };
  }

  override stat() {
    return fileStat(this.ino, wasi.FILETYPE_CHARACTER_DEVICE, 0n, 0n);
  }
}

class OpenLineDevice extends Fd {
  readonly #ino = Inode.issue_ino();
  readonly #control: ProcessControl;

  constructor(control: ProcessControl) {
    super();
    this.#control = control;
  }

  override fd_fdstat_get() {
    return { ret: 0, fdstat: new wasi.Fdstat(wasi.FILETYPE_CHARACTER_DEVICE, 0) };
  }

  override fd_filestat_get() {
    return { ret: 0, filestat: fileStat(this.#ino, wasi.FILETYPE_CHARACTER_DEVICE, 0n, 0n) };
  }

  override fd_write(data: Uint8Array) {
    this.#control.lastLine = new DataView(data.buffer, data.byteOffset).getUint32(0, true);
    return { ret: 0, nwritten: data.byteLength };
  }
}
