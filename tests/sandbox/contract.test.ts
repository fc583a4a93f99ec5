/** The engine under Node keeps the contract. */
import { createNodeSandbox } from "../../src/sandbox/local/node.ts";
import { holdToContract } from "./support/contract.ts";
import { bootTestSandbox } from "./support/sandbox.ts";

holdToContract({ create: createNodeSandbox, boot: (snapshot) => bootTestSandbox({ snapshot }) });
