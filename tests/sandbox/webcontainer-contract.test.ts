/** The WebContainer host keeps the contract, with StackBlitz's own client on a stand-in for its service. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { holdToContract } from "./support/contract.ts";
import { ContainerService } from "./support/container-service/service.ts";
import { bootTestSandbox } from "./support/sandbox.ts";
import { createWebContainerSandbox } from "./support/webcontainer.ts";

let service: ContainerService;
beforeAll(async () => {
  service = await ContainerService.start();
});
afterAll(() => service.stop());

const create = () => createWebContainerSandbox();
holdToContract({ create, boot: (snapshot) => bootTestSandbox({ create, snapshot }) });

test("every container was torn down, and the client's frame was ours", async () => {
  await service.torndown();
  expect(service.frames).toHaveLength(1);
  expect(service.frames[0]).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+\/headless\?coep=require-corp&version=1\.6\.4$/,
  );
});
