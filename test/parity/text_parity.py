"""Prints what Hugging Face makes of a tokenizer folder, as JSON on stdout, for comparison with src/text.

    python text_parity.py FOLDER STRINGS.json                    Python `tokenizers`, from FOLDER/tokenizer.json
    python text_parity.py FOLDER STRINGS.json --transformers     PreTrainedTokenizerFast, from the whole folder
        STRINGS.json: ["text", ...]
        {"ids": [[int, ...], ...], "decoded": ["text", ...]}     no tokens added; special tokens left out when decoding

    python text_parity.py FOLDER MESSAGES.json --chat            apply_chat_template with a generation prompt
        MESSAGES.json: [[{"role": ..., "content": ...}, ...], ...]
        {"texts": ["text", ...]}

    python text_parity.py FOLDER CORPUS.json --train             BpeTrainer with the pre-tokenizer of FOLDER/tokenizer.json
        CORPUS.json: {"texts": [...], "vocabSize": int, "minFrequency": int, "specialTokens": [...]}
        {"vocab": {"token": id, ...}, "merges": [["left", "right"], ...]}

Needs `pip install tokenizers`; --transformers and --chat need `pip install transformers jinja2` (no PyTorch).
Strings must be well-formed Unicode: Python refuses halves of surrogate pairs.
"""

import argparse
import json
import pathlib
import sys


def encode_with_tokenizers(folder, strings):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    ids = [tokenizer.encode(text, add_special_tokens=False).ids for text in strings]
    return {"ids": ids, "decoded": [tokenizer.decode(row, skip_special_tokens=True) for row in ids]}


def load_fast_tokenizer(folder):
    from transformers import PreTrainedTokenizerFast

    return PreTrainedTokenizerFast.from_pretrained(str(folder))


def encode_with_transformers(folder, strings):
    tokenizer = load_fast_tokenizer(folder)
    ids = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in strings]
    decoded = [
        tokenizer.decode(row, skip_special_tokens=True, clean_up_tokenization_spaces=False) for row in ids
    ]
    return {"ids": ids, "decoded": decoded}


def render_chats(folder, chats):
    tokenizer = load_fast_tokenizer(folder)
    return {
        "texts": [tokenizer.apply_chat_template(chat, tokenize=False, add_generation_prompt=True) for chat in chats]
    }


def train(folder, corpus):
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json")).pre_tokenizer
    trainer = trainers.BpeTrainer(
        vocab_size=corpus["vocabSize"],
        min_frequency=corpus["minFrequency"],
        special_tokens=corpus["specialTokens"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(corpus["texts"], trainer)
    model = json.loads(tokenizer.to_str())["model"]
    merges = [merge.split(" ") if isinstance(merge, str) else merge for merge in model["merges"]]
    return {"vocab": model["vocab"], "merges": merges}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("input", type=pathlib.Path)
    mode = parser.add_mutually_exclusive_group()
    mode.add_argument("--transformers", dest="run", action="store_const", const=encode_with_transformers)
    mode.add_argument("--chat", dest="run", action="store_const", const=render_chats)
    mode.add_argument("--train", dest="run", action="store_const", const=train)
    parser.set_defaults(run=encode_with_tokenizers)
    options = parser.parse_args()
    data = json.loads(options.input.read_text(encoding="utf-8"))
    json.dump(options.run(options.folder, data), sys.stdout)


if __name__ == "__main__":
    main()
