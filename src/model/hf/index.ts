// Hugging Face formats: configurations and model folders.
export { eosIdsOf, type FallbackIds, fromHfConfig, type TorchDtype, toHfConfig } from './config.ts'
export { type HfFolder, type ParamView, readHfFolder, type WriteFolderOptions, writeHfFolder } from './folder.ts'
