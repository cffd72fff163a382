export { base64, fromBase64, hex } from './bytes.ts';
export { sha256 } from './sha256.ts';
export { verifyEd25519 } from './ed25519.ts';
export {
  EMPTY_ROOT,
  type Hash,
  leafHash,
  nodeHash,
  rootFromInclusion,
  rootOf,
  verifyConsistency,
  verifyInclusion,
} from './merkle.ts';
export {
  bundleEntries,
  edgeTiles,
  type GrownTile,
  growTiles,
  parseTilePath,
  proveConsistency,
  proveInclusion,
  type ReadTile,
  rootFromTiles,
  TILE_WIDTH,
  type TileName,
  tilePath,
  tilesForProof,
  tilesOf,
  tileWidth,
  unbundleEntries,
} from './tiles.ts';
export {
  checkSignature,
  formatKey,
  formatNote,
  type Note,
  noteKey,
  type NoteKey,
  parseKey,
  parseNote,
} from './note.ts';
export {
  type Checkpoint,
  checkpointText,
  type CheckpointFault,
  type Keys,
  openCheckpoint,
  type OpenedCheckpoint,
  parseCheckpoint,
} from './checkpoint.ts';
export {
  type Entry,
  formatEntry,
  type Opening,
  parseEntry,
  SALT_BYTES,
  saltedHash,
  type Side,
  type PrivateEntry,
  type TransferEntry,
  type TransferOpening,
  wrongOpenings,
} from './entry.ts';
export { type PublicAccount, PublicBooks } from './accounts.ts';
export { type ConfirmationField, confirmationText } from './confirmation.ts';
export { checkSeal, type SealChecked, type SealFault } from './seal.ts';
export { formatProof, type LogProof, parseProof } from './proof.ts';
export {
  formatReceipt,
  type ProofFault,
  type ProofVerified,
  readReceiptContent,
  type ReceiptContent,
  verifyProof,
} from './receipt.ts';
export {
  type AddCheckpoint,
  considerCheckpoint,
  cosignaturesIn,
  formatAddCheckpoint,
  type WitnessAnswer,
} from './witness.ts';
export { type LogFinding, type LogToVerify, type LogVerified, verifyLog } from './verify.ts';
