"""Conversations kept in SQLite, or in PostgreSQL by URL: each reached only by the browser that began it."""

import re
import uuid
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from langchain_core.messages import BaseMessage, messages_from_dict, messages_to_dict
from sqlalchemy import (
    JSON,
    BindParameter,
    Connection,
    ForeignKey,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker

from assistant.answer import Answer
from tools.turnstile import Turnstile

TITLE_LENGTH = 60
COMMENT_LENGTH = 2000
_POSTGRES = re.compile(r"^postgres(?:ql)?://")  # the driver that the extra brings
TurnState = Literal["pending", "done", "stopped", "failed"]


class HistoryError(RuntimeError):
    """Conversations cannot be kept or read; the message names the cause and the remedy."""


class NotFoundError(LookupError):
    """There is no such conversation or turn for this browser."""


class _Base(DeclarativeBase):
    pass


class Conversation(_Base):
    """A conversation: whose it is, what it is called, and when it was last added to."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), index=True)
    title: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Turn(_Base):
    """A question and its answer, with the messages that passed between them."""

    __tablename__ = "turns"
    __table_args__ = (UniqueConstraint("conversation_id", "position"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    messages: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]

    @property
    def reply(self) -> Answer | None:
        """The answer, or None while there is none."""
        return Answer.model_validate(self.answer) if self.answer else None


class Feedback(_Base):
    """A thumb and an optional comment on an answer."""

    __tablename__ = "feedback"

    turn_id: Mapped[str] = mapped_column(ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True)
    liked: Mapped[bool]
    comment: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]


# What every turn needs, put together once: SQLAlchemy takes longer to write a statement than SQLite to run it.
_conversations, _turns = Conversation.metadata.tables["conversations"], Turn.metadata.tables["turns"]
_OF: BindParameter[str] = bindparam("of")
_OWN = select(_conversations.c.owner, _conversations.c.title).where(_conversations.c.id == _OF).with_for_update()
_TOUCH = (
    update(_conversations)
    .where(_conversations.c.id == _OF)
    .values(title=bindparam("title"), updated_at=bindparam("updated_at"))
)
_LAST = select(func.max(_turns.c.position)).where(_turns.c.conversation_id == _OF)
_MESSAGES = select(_turns.c.messages).where(_turns.c.conversation_id == _OF).order_by(_turns.c.position)
_ADD = insert(_turns)
_KEEP = (
    update(_turns)
    .where(_turns.c.id == _OF)
    .values(answer=bindparam("answer"), messages=bindparam("messages"), state=bindparam("state"))
)


class History:
    """The store of conversations; every call names the owner and touches nothing of anybody else."""

    def __init__(self, url: str):
        try:
            self._engine = create_engine(
                _POSTGRES.sub("postgresql+psycopg://", url), pool_pre_ping=not url.startswith("sqlite")
            )
            if url.startswith("sqlite"):
                event.listen(self._engine, "connect", _sqlite_pragmas)
            _Base.metadata.create_all(self._engine)
        except (SQLAlchemyError, ImportError) as error:
            shown = url.rsplit("@", maxsplit=1)[-1]
            reason = str(getattr(error, "orig", None) or error)
            raise HistoryError(
                f"conversations cannot be kept in {shown} ({reason}): "
                "set SCM_DATA_DIR to a folder that can be written, "
                "or SCM_DATABASE_URL to a database that can be reached."
            ) from error
        self._sessions = sessionmaker(self._engine, expire_on_commit=False)
        self._in_file = self._engine.dialect.name == "sqlite"
        self._turnstile = Turnstile(1)

    @classmethod
    def in_folder(cls, folder: Path) -> "History":
        """Open, or begin, the SQLite store below a data folder.

        Raises:
            HistoryError: when the folder cannot be written.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HistoryError(
                f"the data folder {folder} cannot be written ({error.strerror}): set SCM_DATA_DIR to one that can."
            ) from error
        return cls(f"sqlite:///{folder / 'conversations.sqlite'}")

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def begin(self, owner: str, title: str = "New conversation") -> Conversation:
        """Begin a conversation."""
        now = _now()
        conversation = Conversation(
            id=uuid.uuid4().hex, owner=owner, title=_short(title), created_at=now, updated_at=now
        )
        with self._session() as session:
            session.add(conversation)
        return conversation

    def conversations(self, owner: str, search: str = "", limit: int = 200) -> list[Conversation]:
        """Return an owner's conversations, the latest first; with `search`, those that hold its words."""
        query = select(Conversation).where(Conversation.owner == owner)
        for word in _storable(search).split():
            pattern = f"%{word.replace('%', '').replace('_', '')}%"
            asked = select(Turn.conversation_id).where(Turn.question.ilike(pattern))
            query = query.where(Conversation.title.ilike(pattern) | Conversation.id.in_(asked))
        with self._session() as session:
            return list(session.scalars(query.order_by(Conversation.updated_at.desc()).limit(limit)))

    def conversation(self, owner: str, conversation_id: str) -> Conversation:
        """Return one conversation.

        Raises:
            NotFoundError: when it does not exist or is another owner's.
        """
        with self._session() as session:
            return _own(session, owner, conversation_id)

    def rename(self, owner: str, conversation_id: str, title: str) -> None:
        """Give a conversation another title.

        Raises:
            ValueError: when the title is blank.
            NotFoundError: when it does not exist or is another owner's.
        """
        if not title.strip():
            raise ValueError("a conversation needs a title: type one, or leave the old one")
        with self._session() as session:
            _own(session, owner, conversation_id).title = _short(title)

    def delete(self, owner: str, conversation_id: str) -> None:
        """Delete a conversation with its turns and what was said about them.

        Raises:
            NotFoundError: when it does not exist or is another owner's.
        """
        with self._session() as session:
            session.delete(_own(session, owner, conversation_id))

    def turns(self, owner: str, conversation_id: str) -> list[Turn]:
        """Return the turns of a conversation, in order.

        Raises:
            NotFoundError: when it does not exist or is another owner's.
        """
        with self._session() as session:
            _own(session, owner, conversation_id)
            query = select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.position)
            return list(session.scalars(query))

    def messages(self, owner: str, conversation_id: str) -> list[BaseMessage]:
        """Return the messages of all finished turns, as the model wants them.

        Raises:
            NotFoundError: when the conversation does not exist or is another owner's.
        """
        with self._connection() as connection:
            _check_own(connection, owner, conversation_id)
            found = connection.scalars(_MESSAGES, {"of": conversation_id}).all()
        return messages_from_dict([message for kept in found for message in kept])

    def ask(self, owner: str, conversation_id: str, question: str) -> Turn:
        """Keep a question, before it is answered.

        Raises:
            NotFoundError: when the conversation does not exist or is another owner's.
        """
        now = _now()
        with self._writing(), self._connection() as connection:
            if self._in_file:  # SQLite knows no locks on rows
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            title = _check_own(connection, owner, conversation_id)
            last = connection.scalar(_LAST, {"of": conversation_id})
            if last is None and title == "New conversation":
                title = _short(question)
            turn: dict[str, Any] = {
                "id": uuid.uuid4().hex,
                "conversation_id": conversation_id,
                "position": 0 if last is None else last + 1,
                "question": _storable(question),
                "answer": None,
                "messages": [],
                "state": "pending",
                "created_at": now,
            }
            connection.execute(_ADD, turn)
            connection.execute(_TOUCH, {"of": conversation_id, "title": title, "updated_at": now})
        return Turn(**turn)

    def finish(self, turn_id: str, answer: Answer, messages: Sequence[BaseMessage], state: TurnState = "done") -> None:
        """Keep the answer to a question, with the messages that led to it."""
        kept = {"answer": answer.model_dump(mode="json"), "messages": messages_to_dict(messages), "state": state}
        with self._writing(), self._connection() as connection:  # one deleted while it was being answered stays so
            connection.execute(_KEEP, {"of": turn_id, **kept})

    def forget_last(self, owner: str, conversation_id: str) -> str | None:
        """Remove the last turn, to ask it again; return its question, or None if there is none.

        Raises:
            NotFoundError: when the conversation does not exist or is another owner's.
        """
        with self._session() as session:
            _own(session, owner, conversation_id)
            query = select(Turn).where(Turn.conversation_id == conversation_id).order_by(Turn.position.desc()).limit(1)
            turn = session.scalar(query)
            if turn is None:
                return None
            session.delete(turn)
            return turn.question

    def rate(self, owner: str, turn_id: str, liked: bool, comment: str = "") -> None:
        """Keep a thumb up or down on an answer; a later one takes its place.

        Raises:
            NotFoundError: when the turn does not exist or is in another owner's conversation.
        """
        with self._session() as session:
            turn = session.get(Turn, turn_id)
            if turn is None:
                raise NotFoundError("there is no such answer here")
            _own(session, owner, turn.conversation_id)
            session.merge(
                Feedback(
                    turn_id=turn_id, liked=liked, comment=_storable(comment.strip()[:COMMENT_LENGTH]), created_at=_now()
                )
            )

    def rating(self, owner: str, turn_id: str) -> Feedback | None:
        """Return what was said about an answer, or None."""
        with self._session() as session:
            turn = session.get(Turn, turn_id)
            if turn is None:
                return None
            _own(session, owner, turn.conversation_id)
            return session.get(Feedback, turn_id)

    def _writing(self) -> AbstractContextManager[Any]:
        """Let one write at a time: those who wait for SQLite itself sleep ever longer, and lose their place."""
        return self._turnstile if self._in_file else nullcontext()

    @contextmanager
    def _session(self) -> Iterator[Session]:
        with self._told(), self._sessions.begin() as session:
            yield session

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        """Begin a transaction without objects that follow the rows: what every turn needs is to cost little."""
        with self._told(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            raise HistoryError(
                f"the store of conversations cannot be used ({reason}): free the disk or the file."
            ) from error


def _own(session: Session, owner: str, conversation_id: str) -> Conversation:
    found = session.get(Conversation, conversation_id)
    if found is None or found.owner != owner:
        raise NotFoundError("there is no such conversation here")
    return found


def _check_own(connection: Connection, owner: str, conversation_id: str) -> str:
    """Return the title of an owner's conversation, to which nobody else adds until the transaction ends."""
    found = connection.execute(_OWN, {"of": conversation_id}).one_or_none()
    if found is None or found.owner != owner:
        raise NotFoundError("there is no such conversation here")
    return str(found.title)


def _short(title: str) -> str:
    line = " ".join(_storable(title).split())
    return line if len(line) <= TITLE_LENGTH else line[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "\N{HORIZONTAL ELLIPSIS}"


def _storable(text: str) -> str:
    """Replace what no database takes: half characters and NUL."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _sqlite_pragmas(connection: Any, _record: Any) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        connection.execute(f"PRAGMA {pragma}")
