<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
    <context>
        <name>Orangery</name>
        <message numerus="yes">
            <source>Context of {n} tokens</source>
            <translation>
                <numerusform>Context of {n} token</numerusform>
                <numerusform>Context of {n} tokens</numerusform>
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
            <source>Show all {n} lines</source>
            <translation>
                <numerusform>Show all {n} line</numerusform>
                <numerusform>Show all {n} lines</numerusform>
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
            <source>The prompt does not fit into {n} tokens of context.</source>
            <translation>
                <numerusform>The prompt does not fit into {n} token of context.</numerusform>
                <numerusform>The prompt does not fit into {n} tokens of context.</numerusform>
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
            <source>{count} tokens too many</source>
            <translation>
                <numerusform>{count} token too many</numerusform>
                <numerusform>{count} tokens too many</numerusform>
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
            <source>{n} chats deleted</source>
            <translation>
                <numerusform>{n} chat deleted</numerusform>
                <numerusform>{n} chats deleted</numerusform>
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
            <source>{n} models, more as you scroll</source>
            <translation>
                <numerusform>{n} model, more as you scroll</numerusform>
                <numerusform>{n} models, more as you scroll</numerusform>
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
            <source>{n} running</source>
            <translation>
                <numerusform>{n} running</numerusform>
                <numerusform>{n} running</numerusform>
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
            <source>{received} received, {sent} sent, {n} hosts</source>
            <translation>
                <numerusform>{received} received, {sent} sent, {n} host</numerusform>
                <numerusform>{received} received, {sent} sent, {n} hosts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>“{name}” has {n} dimensions</source>
            <translation>
                <numerusform>“{name}” has {n} dimension</numerusform>
                <numerusform>“{name}” has {n} dimensions</numerusform>
            </translation>
        </message>
    </context>
</TS>
