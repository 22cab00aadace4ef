<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
    <context>
        <name>Orangery</name>
        <message numerus="yes">
            <source>A summary stands for the oldest {count} messages.</source>
            <translation>
                <numerusform>A summary stands for the oldest {count} message.</numerusform>
                <numerusform>A summary stands for the oldest {count} messages.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All {n} keys</source>
            <translation>
                <numerusform>All {n} key</numerusform>
                <numerusform>All {n} keys</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All {n} run together: {need} of {room}.</source>
            <translation>
                <numerusform>All {n} run together: {need} of {room}.</numerusform>
                <numerusform>All {n} run together: {need} of {room}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>All {n} share one model and answer at once: {need} of {room}.</source>
            <translation>
                <numerusform>All {n} share one model and answer at once: {need} of {room}.</numerusform>
                <numerusform>All {n} share one model and answer at once: {need} of {room}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>At most {count} numbers.</source>
            <translation>
                <numerusform>At most {count} number.</numerusform>
                <numerusform>At most {count} numbers.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Context of {n} tokens</source>
            <translation>
                <numerusform>Context of {n} token</numerusform>
                <numerusform>Context of {n} tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} chats</source>
            <translation>
                <numerusform>Delete {n} chat</numerusform>
                <numerusform>Delete {n} chats</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} chats?</source>
            <translation>
                <numerusform>Delete {n} chat?</numerusform>
                <numerusform>Delete {n} chats?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} models …</source>
            <translation>
                <numerusform>Delete {n} model …</numerusform>
                <numerusform>Delete {n} models …</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Delete {n} models?</source>
            <translation>
                <numerusform>Delete {n} model?</numerusform>
                <numerusform>Delete {n} models?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Deleted {n} chats</source>
            <translation>
                <numerusform>Deleted {n} chat</numerusform>
                <numerusform>Deleted {n} chats</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Exported {n} chats to {name}</source>
            <translation>
                <numerusform>Exported {n} chat to {name}</numerusform>
                <numerusform>Exported {n} chats to {name}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Fit, {count} tokens</source>
            <translation>
                <numerusform>Fit, {count} token</numerusform>
                <numerusform>Fit, {count} tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Imported {n} chats</source>
            <translation>
                <numerusform>Imported {n} chat</numerusform>
                <numerusform>Imported {n} chats</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Imported {n} presets</source>
            <translation>
                <numerusform>Imported {n} preset</numerusform>
                <numerusform>Imported {n} presets</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>It is larger than {n} MB.</source>
            <translation>
                <numerusform>It is larger than {n} MB.</numerusform>
                <numerusform>It is larger than {n} MB.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Its {count} chats stay, outside of any folder.</source>
            <translation>
                <numerusform>Its {count} chat stays, outside of any folder.</numerusform>
                <numerusform>Its {count} chats stay, outside of any folder.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Its {n} answers are deleted for good.</source>
            <translation>
                <numerusform>Its {n} answer is deleted for good.</numerusform>
                <numerusform>Its {n} answers are deleted for good.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Line {n} is too long.</source>
            <translation>
                <numerusform>Line {n} is too long.</numerusform>
                <numerusform>Line {n} is too long.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Made and verified. {n} tensors have another type, because their rows do not divide.</source>
            <translation>
                <numerusform>Made and verified. {n} tensor has another type, because its rows do not divide.</numerusform>
                <numerusform>Made and verified. {n} tensors have another type, because their rows do not divide.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Making {n} types of {name}</source>
            <translation>
                <numerusform>Making {n} type of {name}</numerusform>
                <numerusform>Making {n} types of {name}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Measure {n} types</source>
            <translation>
                <numerusform>Measure {n} type</numerusform>
                <numerusform>Measure {n} types</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Measuring {n} types of {name}</source>
            <translation>
                <numerusform>Measuring {n} type of {name}</numerusform>
                <numerusform>Measuring {n} types of {name}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>More context than the {n} tokens of the model is not used.</source>
            <translation>
                <numerusform>More context than the {n} token of the model is not used.</numerusform>
                <numerusform>More context than the {n} tokens of the model is not used.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Move {n} models</source>
            <translation>
                <numerusform>Move {n} model</numerusform>
                <numerusform>Move {n} models</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>One model, {count} contexts: weights loaded once</source>
            <translation>
                <numerusform>One model, {count} context: weights loaded once</numerusform>
                <numerusform>One model, {count} contexts: weights loaded once</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Predictions were {share} off on average over {count} results</source>
            <translation>
                <numerusform>Predictions were {share} off on average over {count} result</numerusform>
                <numerusform>Predictions were {share} off on average over {count} results</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Prompt {n}</source>
            <translation>
                <numerusform>Prompt {n}</numerusform>
                <numerusform>Prompt {n}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Quantize {n} types</source>
            <translation>
                <numerusform>Quantize {n} type</numerusform>
                <numerusform>Quantize {n} types</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Remembers {n} tokens instead of what you wanted.</source>
            <translation>
                <numerusform>Remembers {n} token instead of what you wanted.</numerusform>
                <numerusform>Remembers {n} tokens instead of what you wanted.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Remembers {n} tokens, and keeps them as {type}, a little less exact.</source>
            <translation>
                <numerusform>Remembers {n} token, and keeps it as {type}, a little less exact.</numerusform>
                <numerusform>Remembers {n} tokens, and keeps them as {type}, a little less exact.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Scale {scales}: {n} tokens, {speed} tokens/s, mean KL {kl}</source>
            <translation>
                <numerusform>Scale {scales}: {n} token, {speed} tokens/s, mean KL {kl}</numerusform>
                <numerusform>Scale {scales}: {n} tokens, {speed} tokens/s, mean KL {kl}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Show all {n} lines</source>
            <translation>
                <numerusform>Show all {n} line</numerusform>
                <numerusform>Show all {n} lines</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Something is wrong with {n} models</source>
            <translation>
                <numerusform>Something is wrong with {n} model</numerusform>
                <numerusform>Something is wrong with {n} models</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The context of {n} tokens is full.</source>
            <translation>
                <numerusform>The context of {n} token is full.</numerusform>
                <numerusform>The context of {n} tokens is full.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The file is larger than {n} MB.</source>
            <translation>
                <numerusform>The file is larger than {n} MB.</numerusform>
                <numerusform>The file is larger than {n} MB.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The first {count} places</source>
            <translation>
                <numerusform>The first {count} place</numerusform>
                <numerusform>The first {count} places</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The oldest {count} messages are left out.</source>
            <translation>
                <numerusform>The oldest {count} message is left out.</numerusform>
                <numerusform>The oldest {count} messages are left out.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>The prompt does not fit into {n} tokens of context.</source>
            <translation>
                <numerusform>The prompt does not fit into {n} token of context.</numerusform>
                <numerusform>The prompt does not fit into {n} tokens of context.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>There are {n} connections already.</source>
            <translation>
                <numerusform>There is {n} connection already.</numerusform>
                <numerusform>There are {n} connections already.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Try again in {n} seconds.</source>
            <translation>
                <numerusform>Try again in {n} second.</numerusform>
                <numerusform>Try again in {n} seconds.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Verify {n} models</source>
            <translation>
                <numerusform>Verify {n} model</numerusform>
                <numerusform>Verify {n} models</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Verifying {n} models, {size}</source>
            <translation>
                <numerusform>Verifying {n} model, {size}</numerusform>
                <numerusform>Verifying {n} models, {size}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>Watching {n} folders</source>
            <translation>
                <numerusform>Watching {n} folder</numerusform>
                <numerusform>Watching {n} folders</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>What was learned from {n} loads goes with it; predictions begin anew.</source>
            <translation>
                <numerusform>What was learned from {n} load goes with it; predictions begin anew.</numerusform>
                <numerusform>What was learned from {n} loads goes with it; predictions begin anew.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and {count} more</source>
            <translation>
                <numerusform>and {count} more</numerusform>
                <numerusform>and {count} more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and {n} other uploads</source>
            <translation>
                <numerusform>and {n} other upload</numerusform>
                <numerusform>and {n} other uploads</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>at most {n} tokens</source>
            <translation>
                <numerusform>at most {n} token</numerusform>
                <numerusform>at most {n} tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>batches of {n}</source>
            <translation>
                <numerusform>batches of {n}</numerusform>
                <numerusform>batches of {n}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>context of {n} tokens</source>
            <translation>
                <numerusform>context of {n} token</numerusform>
                <numerusform>context of {n} tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>folder of {count} chats, {state}</source>
            <translation>
                <numerusform>folder of {count} chat, {state}</numerusform>
                <numerusform>folder of {count} chats, {state}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>larger than {n} bytes</source>
            <translation>
                <numerusform>larger than {n} byte</numerusform>
                <numerusform>larger than {n} bytes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>line {n}</source>
            <translation>
                <numerusform>line {n}</numerusform>
                <numerusform>line {n}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>longer than {n} characters</source>
            <translation>
                <numerusform>longer than {n} character</numerusform>
                <numerusform>longer than {n} characters</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>more than {n} items</source>
            <translation>
                <numerusform>more than {n} item</numerusform>
                <numerusform>more than {n} items</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>more than {n} rows</source>
            <translation>
                <numerusform>more than {n} row</numerusform>
                <numerusform>more than {n} rows</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>not UTF-8 at byte {n}</source>
            <translation>
                <numerusform>not UTF-8 at byte {n}</numerusform>
                <numerusform>not UTF-8 at byte {n}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>the prompt is longer than {n} characters</source>
            <translation>
                <numerusform>the prompt is longer than {n} character</numerusform>
                <numerusform>the prompt is longer than {n} characters</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} answers</source>
            <translation>
                <numerusform>{count} answer</numerusform>
                <numerusform>{count} answers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} characters</source>
            <translation>
                <numerusform>{count} character</numerusform>
                <numerusform>{count} characters</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} cores</source>
            <translation>
                <numerusform>{count} core</numerusform>
                <numerusform>{count} cores</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} downloads</source>
            <translation>
                <numerusform>{count} download</numerusform>
                <numerusform>{count} downloads</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} in {n} types</source>
            <translation>
                <numerusform>{count} in {n} type</numerusform>
                <numerusform>{count} in {n} types</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} layers on the GPU</source>
            <translation>
                <numerusform>{count} layer on the GPU</numerusform>
                <numerusform>{count} layers on the GPU</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} likes</source>
            <translation>
                <numerusform>{count} like</numerusform>
                <numerusform>{count} likes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} places</source>
            <translation>
                <numerusform>{count} place</numerusform>
                <numerusform>{count} places</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} points</source>
            <translation>
                <numerusform>{count} point</numerusform>
                <numerusform>{count} points</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} prompts</source>
            <translation>
                <numerusform>{count} prompt</numerusform>
                <numerusform>{count} prompts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} prompts need something</source>
            <translation>
                <numerusform>{count} prompt needs something</numerusform>
                <numerusform>{count} prompts need something</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} runs are selected. Two can be compared.</source>
            <translation>
                <numerusform>{count} run is selected. Two can be compared.</numerusform>
                <numerusform>{count} runs are selected. Two can be compared.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} runs were deleted.</source>
            <translation>
                <numerusform>{count} run was deleted.</numerusform>
                <numerusform>{count} runs were deleted.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tensors</source>
            <translation>
                <numerusform>{count} tensor</numerusform>
                <numerusform>{count} tensors</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tests</source>
            <translation>
                <numerusform>{count} test</numerusform>
                <numerusform>{count} tests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} thr.</source>
            <translation>
                <numerusform>{count} thr.</numerusform>
                <numerusform>{count} thr.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} threads</source>
            <translation>
                <numerusform>{count} thread</numerusform>
                <numerusform>{count} threads</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens</source>
            <translation>
                <numerusform>{count} token</numerusform>
                <numerusform>{count} tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens left after this message</source>
            <translation>
                <numerusform>{count} token left after this message</numerusform>
                <numerusform>{count} tokens left after this message</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens of context</source>
            <translation>
                <numerusform>{count} token of context</numerusform>
                <numerusform>{count} tokens of context</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens too many</source>
            <translation>
                <numerusform>{count} token too many</numerusform>
                <numerusform>{count} tokens too many</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} tokens, {cache} cache, {n} at once</source>
            <translation>
                <numerusform>{count} tokens, {cache} cache, {n} at once</numerusform>
                <numerusform>{count} tokens, {cache} cache, {n} at once</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes</source>
            <translation>
                <numerusform>{count} vote</numerusform>
                <numerusform>{count} votes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes so far.</source>
            <translation>
                <numerusform>{count} vote so far.</numerusform>
                <numerusform>{count} votes so far.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes were added.</source>
            <translation>
                <numerusform>{count} vote was added.</numerusform>
                <numerusform>{count} votes were added.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count} votes: too few to say how sure the rating is</source>
            <translation>
                <numerusform>{count} vote: too few to say how sure the rating is</numerusform>
                <numerusform>{count} votes: too few to say how sure the rating is</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{count}, mean of {passes} passes</source>
            <translation>
                <numerusform>{count}, mean of {passes} passes</numerusform>
                <numerusform>{count}, mean of {passes} passes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{done} of {count} answers</source>
            <translation>
                <numerusform>{done} of {count} answer</numerusform>
                <numerusform>{done} of {count} answers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{done} of {count} tests</source>
            <translation>
                <numerusform>{done} of {count} test</numerusform>
                <numerusform>{done} of {count} tests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{done} of {count} tokens</source>
            <translation>
                <numerusform>{done} of {count} token</numerusform>
                <numerusform>{done} of {count} tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{name} leads so far, but some have fewer than {n} votes: too few to tell.</source>
            <translation>
                <numerusform>{name} leads so far, but some have fewer than {n} vote: too few to tell.</numerusform>
                <numerusform>{name} leads so far, but some have fewer than {n} votes: too few to tell.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{name} leads, but its interval overlaps with those of {n} others: more votes are needed to tell them apart.</source>
            <translation>
                <numerusform>{name} leads, but its interval overlaps with that of {n} other: more votes are needed to tell them apart.</numerusform>
                <numerusform>{name} leads, but its interval overlaps with those of {n} others: more votes are needed to tell them apart.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{name}, {n} layers, both</source>
            <translation>
                <numerusform>{name}, {n} layer, both</numerusform>
                <numerusform>{name}, {n} layers, both</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} GPUs</source>
            <translation>
                <numerusform>{n} GPU</numerusform>
                <numerusform>{n} GPUs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} answers</source>
            <translation>
                <numerusform>{n} answer</numerusform>
                <numerusform>{n} answers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} chats deleted</source>
            <translation>
                <numerusform>{n} chat deleted</numerusform>
                <numerusform>{n} chats deleted</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} connections</source>
            <translation>
                <numerusform>{n} connection</numerusform>
                <numerusform>{n} connections</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} cores</source>
            <translation>
                <numerusform>{n} core</numerusform>
                <numerusform>{n} cores</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} days</source>
            <translation>
                <numerusform>{n} day</numerusform>
                <numerusform>{n} days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} entries could not be read.</source>
            <translation>
                <numerusform>{n} entry could not be read.</numerusform>
                <numerusform>{n} entries could not be read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} failed</source>
            <translation>
                <numerusform>{n} failed</numerusform>
                <numerusform>{n} failed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} files</source>
            <translation>
                <numerusform>{n} file</numerusform>
                <numerusform>{n} files</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} files could not be read.</source>
            <translation>
                <numerusform>{n} file could not be read.</numerusform>
                <numerusform>{n} files could not be read.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} files of each type, as the original has</source>
            <translation>
                <numerusform>{n} file of each type, as the original has</numerusform>
                <numerusform>{n} files of each type, as the original has</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} layers of {least} to {most}</source>
            <translation>
                <numerusform>{n} layer of {least} to {most}</numerusform>
                <numerusform>{n} layers of {least} to {most}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} layers of {size}</source>
            <translation>
                <numerusform>{n} layer of {size}</numerusform>
                <numerusform>{n} layers of {size}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} layers on the GPU</source>
            <translation>
                <numerusform>{n} layer on the GPU</numerusform>
                <numerusform>{n} layers on the GPU</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} loaded</source>
            <translation>
                <numerusform>{n} loaded</numerusform>
                <numerusform>{n} loaded</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} loads, too small to tell how far off the memory is.</source>
            <translation>
                <numerusform>{n} load, too small to tell how far off the memory is.</numerusform>
                <numerusform>{n} loads, too small to tell how far off the memory is.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} loads: memory off by {error} in the median, {worst} at worst, corrected by ×{factor}.</source>
            <translation>
                <numerusform>{n} load: memory off by {error} in the median, {worst} at worst, corrected by ×{factor}.</numerusform>
                <numerusform>{n} loads: memory off by {error} in the median, {worst} at worst, corrected by ×{factor}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} manifests of other models cannot be read, so their contents stay.</source>
            <translation>
                <numerusform>{n} manifest of another model cannot be read, so its contents stay.</numerusform>
                <numerusform>{n} manifests of other models cannot be read, so their contents stay.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} minutes</source>
            <translation>
                <numerusform>{n} minute</numerusform>
                <numerusform>{n} minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models</source>
            <translation>
                <numerusform>{n} model</numerusform>
                <numerusform>{n} models</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models are already on this disk</source>
            <translation>
                <numerusform>{n} model is already on this disk</numerusform>
                <numerusform>{n} models are already on this disk</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models are here more than once. Sharing frees {size}.</source>
            <translation>
                <numerusform>{n} model is here more than once. Sharing frees {size}.</numerusform>
                <numerusform>{n} models are here more than once. Sharing frees {size}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models are in the Library now</source>
            <translation>
                <numerusform>{n} model is in the Library now</numerusform>
                <numerusform>{n} models are in the Library now</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models deleted, {size} freed</source>
            <translation>
                <numerusform>{n} model deleted, {size} freed</numerusform>
                <numerusform>{n} models deleted, {size} freed</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models have newer weights</source>
            <translation>
                <numerusform>{n} model has newer weights</numerusform>
                <numerusform>{n} models have newer weights</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models look the same as another one. If they are, sharing frees up to {size}.</source>
            <translation>
                <numerusform>{n} model looks the same as another one. If it is, sharing frees up to {size}.</numerusform>
                <numerusform>{n} models look the same as another one. If they are, sharing frees up to {size}.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models moved</source>
            <translation>
                <numerusform>{n} model moved</numerusform>
                <numerusform>{n} models moved</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models selected</source>
            <translation>
                <numerusform>{n} model selected</numerusform>
                <numerusform>{n} models selected</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models share their bytes now</source>
            <translation>
                <numerusform>{n} model shares its bytes now</numerusform>
                <numerusform>{n} models share their bytes now</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models verified</source>
            <translation>
                <numerusform>{n} model verified</numerusform>
                <numerusform>{n} models verified</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} models, more as you scroll</source>
            <translation>
                <numerusform>{n} model, more as you scroll</numerusform>
                <numerusform>{n} models, more as you scroll</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} more files could not be added</source>
            <translation>
                <numerusform>{n} more file could not be added</numerusform>
                <numerusform>{n} more files could not be added</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} need you</source>
            <translation>
                <numerusform>{n} needs you</numerusform>
                <numerusform>{n} need you</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of them cannot be read</source>
            <translation>
                <numerusform>{n} of them cannot be read</numerusform>
                <numerusform>{n} of them cannot be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of {all} layers run on the GPU, the others on the processor.</source>
            <translation>
                <numerusform>{n} of {all} layers runs on the GPU, the others on the processor.</numerusform>
                <numerusform>{n} of {all} layers run on the GPU, the others on the processor.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of {all} match</source>
            <translation>
                <numerusform>{n} of {all} matches</numerusform>
                <numerusform>{n} of {all} match</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} of {all} match, rank {rank}, alpha {alpha}</source>
            <translation>
                <numerusform>{n} of {all} matches, rank {rank}, alpha {alpha}</numerusform>
                <numerusform>{n} of {all} match, rank {rank}, alpha {alpha}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} prompts</source>
            <translation>
                <numerusform>{n} prompt</numerusform>
                <numerusform>{n} prompts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} prompts for {columns} columns</source>
            <translation>
                <numerusform>{n} prompt for {columns} columns</numerusform>
                <numerusform>{n} prompts for {columns} columns</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} requests</source>
            <translation>
                <numerusform>{n} request</numerusform>
                <numerusform>{n} requests</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} results</source>
            <translation>
                <numerusform>{n} result</numerusform>
                <numerusform>{n} results</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} running</source>
            <translation>
                <numerusform>{n} running</numerusform>
                <numerusform>{n} running</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} seconds</source>
            <translation>
                <numerusform>{n} second</numerusform>
                <numerusform>{n} seconds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} stores</source>
            <translation>
                <numerusform>{n} store</numerusform>
                <numerusform>{n} stores</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} threads</source>
            <translation>
                <numerusform>{n} thread</numerusform>
                <numerusform>{n} threads</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tokens</source>
            <translation>
                <numerusform>{n} token</numerusform>
                <numerusform>{n} tokens</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tokens, {speed} tokens/s, first after {first} s, {seconds} s, {reason}</source>
            <translation>
                <numerusform>{n} token, {speed} tokens/s, first after {first} s, {seconds} s, {reason}</numerusform>
                <numerusform>{n} tokens, {speed} tokens/s, first after {first} s, {seconds} s, {reason}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tokens, {speed} tokens/s, the first after {seconds} s</source>
            <translation>
                <numerusform>{n} token, {speed} tokens/s, the first after {seconds} s</numerusform>
                <numerusform>{n} tokens, {speed} tokens/s, the first after {seconds} s</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} tries</source>
            <translation>
                <numerusform>{n} try</numerusform>
                <numerusform>{n} tries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} types</source>
            <translation>
                <numerusform>{n} type</numerusform>
                <numerusform>{n} types</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} waiting</source>
            <translation>
                <numerusform>{n} waiting</numerusform>
                <numerusform>{n} waiting</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{n} ways</source>
            <translation>
                <numerusform>{n} way</numerusform>
                <numerusform>{n} ways</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{received} received, {sent} sent, {n} hosts</source>
            <translation>
                <numerusform>{received} received, {sent} sent, {n} host</numerusform>
                <numerusform>{received} received, {sent} sent, {n} hosts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{tests} at {count} depths</source>
            <translation>
                <numerusform>{tests} at {count} depth</numerusform>
                <numerusform>{tests} at {count} depths</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>“{name}” has {n} dimensions</source>
            <translation>
                <numerusform>“{name}” has {n} dimension</numerusform>
                <numerusform>“{name}” has {n} dimensions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>… and {count} more characters</source>
            <translation>
                <numerusform>… and {count} more character</numerusform>
                <numerusform>… and {count} more characters</numerusform>
            </translation>
        </message>
    </context>
</TS>
