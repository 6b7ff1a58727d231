"""Quizzes: begun, answered, hinted, stopped and kept, with the schedule of what comes again."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import Connection, delete, insert, select, update

from assistant.learning.bank import Bank
from assistant.learning.marking import Heard, heard, is_unknown
from assistant.learning.models import KINDS, Kind, Marked, Outcome, Progress, Quiz, QuizError, QuizNotFoundError, Topic
from assistant.learning.picking import MOST, pick, pick_due
from assistant.learning.progress import progress_of
from assistant.learning.running import Running, Turn, marked
from assistant.learning.schedule import rating_of, reviewed
from assistant.learning.store import ANSWERS, CARDS, QUIZZES, READS, LearningDatabase, due_before, put
from assistant.learning.topics import DUE, WHAT_IS_DUE, Topics
from knowledge.vault import Vault

KEPT_QUIZZES = 50
"""How many quizzes of an owner stay; progress does not depend on them."""


class Quizzes:
    """The quizzes of everybody; every call names the owner and touches nothing of anybody else.

    `paths` are learning paths by id: a name and the titles of their concepts. Safe to use from several threads.
    Every call may raise StoreError where the database cannot be used; then nothing of it was kept.
    """

    def __init__(
        self,
        vault: Vault | Bank,
        database: LearningDatabase,
        paths: Mapping[str, tuple[str, Sequence[str]]] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ):
        self.bank = vault if isinstance(vault, Bank) else Bank(vault)
        self._database = database
        self._topics = Topics(self.bank, paths or {})
        self._now = now

    @classmethod
    def in_folder(
        cls, vault: Vault, folder: Path, paths: Mapping[str, tuple[str, Sequence[str]]] | None = None
    ) -> "Quizzes":
        """Open, or begin, the store below a data folder.

        Raises:
            StoreError: when the folder cannot be written.
        """
        return cls(vault, LearningDatabase.in_folder(folder), paths)

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    def topics(self) -> list[Topic]:
        """Return everything that one can be quizzed on, "due" and "everything" first."""
        return self._topics.all()

    def topic(self, words: str) -> tuple[str, str]:
        """Return the area (or path) and the concept that words name, one of them "": areas first, nothing means all.

        Raises:
            QuizError: when they name neither.
        """
        return self._topics.named(words)

    # A quiz

    def begin(
        self,
        owner: str,
        *,
        area: str = "",
        concept: str = "",
        due: bool = False,
        kinds: Sequence[Kind] = (),
        count: int = 10,
        hints_only: bool = False,
        seed: int | None = None,
        again: str = "",
    ) -> Quiz:
        """Begin a quiz on an area or path, a concept, everything, or what is due; the same seed asks the same.

        `again` is the id of a quiz whose questions that were not right are asked again, whatever topic is named.

        Raises:
            QuizError: when there is no such topic or kind, no question of that kind, or nothing is due.
            QuizNotFoundError: when the quiz to be asked again does not exist or is another owner's.
        """
        if again:
            return self._again(owner, again, hints_only)
        if not 1 <= count <= MOST:
            raise QuizError(f"A quiz has 1 to {MOST} questions, and {count} cannot be asked: choose another number.")
        if unknown := [kind for kind in kinds if kind not in KINDS]:
            raise QuizError(f"There is no kind of question {unknown[0]!r}: choose among {', '.join(KINDS)}.")
        due, area = due or area == DUE, "" if area == DUE else area
        title, titles = self._topics.find(area, concept)
        drafts = [draft for draft in self.bank.drafts(titles) if not kinds or draft.kind in kinds]
        rng = Random(seed)  # noqa: S311 - no secret hangs on it
        now = self._now()
        with self._database.read() as connection:
            waiting = due_before(connection, owner, now)
            known = set(connection.scalars(select(CARDS.c.question).where(CARDS.c.owner == owner)))
        if due:
            by_key = {draft.key: draft for draft in drafts}
            questions = pick_due([by_key[key] for key in waiting if key in by_key], count, rng)
        else:
            questions = pick(drafts, count, rng, waiting, known)
        if not questions:
            raise QuizError(self._nothing(owner, title, due, kinds))
        quiz = Running(
            id=uuid.uuid4().hex,
            title=WHAT_IS_DUE if due and not (area or concept) else title,
            hints_only=hints_only,
            area=area,
            concept=titles[0] if concept else "",
            due=due,
            turns=[Turn(question=one, is_due=one.key in waiting) for one in questions],
        )
        return self._begun(owner, quiz, now)

    def _again(self, owner: str, quiz_id: str, hints_only: bool) -> Quiz:
        with self._database.read() as connection:
            before = self._kept(connection, owner, quiz_id)
        missed = [turn.question.key for turn in before.turns if turn.closed and turn.outcome != "right"]
        drafts = [self.bank.by_key[key] for key in missed if key in self.bank.by_key]
        questions = pick_due(drafts, len(drafts), Random())  # noqa: S311
        if not questions:
            raise QuizError("No question of that quiz is left to be asked again: begin another one.")
        changes = {"id": uuid.uuid4().hex, "hints_only": hints_only, "turns": [Turn(question=one) for one in questions]}
        return self._begun(owner, before.model_copy(update=changes), self._now())

    def _begun(self, owner: str, quiz: Running, now: datetime) -> Quiz:
        quiz = quiz.model_copy(update={"stopped": False})
        row = {"id": quiz.id, "owner": owner, "begun": now, "finished": 0, "content": quiz.model_dump(mode="json")}
        with self._database.write() as connection:
            connection.execute(insert(QUIZZES).values(row))
            old = select(QUIZZES.c.id).where(QUIZZES.c.owner == owner).order_by(QUIZZES.c.begun.desc())
            if gone := list(connection.scalars(old.offset(KEPT_QUIZZES).limit(1000))):
                connection.execute(delete(QUIZZES).where(QUIZZES.c.id.in_(gone)))
        return quiz.shown

    def quiz(self, owner: str, quiz_id: str) -> Quiz:
        """Return where a quiz stands.

        Raises:
            QuizNotFoundError: when it does not exist or is another owner's.
        """
        with self._database.read() as connection:
            return self._kept(connection, owner, quiz_id).shown

    def current(self, owner: str) -> Quiz | None:
        """Return the latest quiz that is not finished, or None."""
        query = select(QUIZZES.c.content).where(QUIZZES.c.owner == owner, QUIZZES.c.finished == 0)
        with self._database.read() as connection:
            content = connection.scalar(query.order_by(QUIZZES.c.begun.desc()).limit(1))
        return Running.read(content).shown if content else None

    def answer(self, owner: str, quiz_id: str, number: int, text: str) -> tuple[Marked, Quiz]:
        """Mark an answer; a second one to the same question returns the first mark and changes nothing.

        "I don't know" and the like reveal the answer. In recall questions any other answer, an empty one too, shows the
        model answer, and `grade` marks.

        Raises:
            QuizError: when there is no such question, or another one is asked.
            QuizNotFoundError: when the quiz does not exist or is another owner's.
        """
        with self._change(owner, quiz_id) as (connection, quiz):
            turn = quiz.turn(number)
            if turn.marked and not turn.marked.may_retry:
                return turn.marked, quiz.shown
            quiz.check_open(number)
            found = heard(turn.question, text[:2000])
            if found.read == "unread":
                return Marked(number=number, outcome="unread", given=found.said, explanation=found.expected), quiz.shown
            hints = found.read == "wrong" or (found.read == "unknown" and turn.question.kind != "recall")
            if quiz.hints_only and hints:
                return self._hinted(quiz, turn, number, found)
            turn.tries += 1
            outcome: Outcome = "right" if found.read == "right" else "wrong" if found.read == "wrong" else "revealed"
            if turn.question.kind == "recall":
                turn.marked = marked(turn.question, number, "revealed", found)
                if is_unknown(found.said):  # nothing to grade
                    self._close(connection, owner, turn)
            else:
                turn.marked = marked(turn.question, number, outcome, found)
                self._close(connection, owner, turn)
            return turn.marked, quiz.shown

    def grade(self, owner: str, quiz_id: str, number: int, knew: bool) -> tuple[Marked, Quiz]:
        """Mark a recall question as the person sees it, once its model answer has been shown.

        Raises:
            QuizError: when the question is none to be graded.
            QuizNotFoundError: when the quiz does not exist or is another owner's.
        """
        with self._change(owner, quiz_id) as (connection, quiz):
            turn = quiz.turn(number)
            if turn.question.kind != "recall":
                raise QuizError(f"Question {number} is marked by its answer: answer it instead of grading it.")
            if turn.marked is None:
                raise QuizError(f"Question {number} was not answered yet: answer it, then say whether you knew it.")
            if not turn.closed:
                quiz.check_open(number)
                turn.marked = turn.marked.model_copy(update={"outcome": "right" if knew else "wrong"})
                self._close(connection, owner, turn)
            return turn.marked, quiz.shown

    def hint(self, owner: str, quiz_id: str, number: int) -> Quiz:
        """Show the next hint of the question that is asked; where there is none left, nothing changes.

        Raises:
            QuizError: when another question is asked.
            QuizNotFoundError: when the quiz does not exist or is another owner's.
        """
        with self._change(owner, quiz_id) as (_, quiz):
            turn = quiz.turn(number)
            quiz.check_open(number)
            turn.hints = min(turn.hints + 1, len(turn.question.hints))
            return quiz.shown

    def skip(self, owner: str, quiz_id: str, number: int) -> Quiz:
        """Leave a question out; it was answered wrong if a try was taken. A closed one stays as it is.

        Raises:
            QuizError: when another question is asked.
            QuizNotFoundError: when the quiz does not exist or is another owner's.
        """
        with self._change(owner, quiz_id) as (connection, quiz):
            turn = quiz.turn(number)
            if not turn.closed:
                quiz.check_open(number)
                outcome: Outcome = "wrong" if turn.tries and quiz.hints_only else "skipped"
                turn.marked = Marked(number=number, outcome=outcome, given=turn.marked.given if turn.marked else "")
                self._close(connection, owner, turn)
            return quiz.shown

    def stop(self, owner: str, quiz_id: str) -> Quiz:
        """End a quiz; what was answered stays.

        Raises:
            QuizNotFoundError: when the quiz does not exist or is another owner's.
        """
        with self._change(owner, quiz_id) as (_, quiz):
            quiz.stopped = True
            return quiz.shown

    # A person

    def progress(self, owner: str) -> Progress:
        """Return what a person has done, and what comes when."""
        with self._database.read() as connection:
            return progress_of(connection, owner, self.bank, self._now())

    def forget(self, owner: str) -> None:
        """Delete quizzes, answers, schedule and what was ticked as read of an owner."""
        with self._database.write() as connection:
            for table in (QUIZZES, ANSWERS, CARDS, READS):
                connection.execute(delete(table).where(table.c.owner == owner))

    def read(self, owner: str, title: str, done: bool) -> None:
        """Keep that a concept was read, or was not.

        Raises:
            QuizError: when there is no such concept.
        """
        note = self.bank.vault.note(title)
        if note is None:
            raise QuizError(f"There is no concept {title[:60]!r}: choose one of the notes.")
        with self._database.write() as connection:
            if done:
                put(connection, READS, {"owner": owner, "concept": note.title, "at": self._now()})
            else:
                connection.execute(delete(READS).where(READS.c.owner == owner, READS.c.concept == note.title))

    def reads(self, owner: str) -> set[str]:
        """Return the concepts that were ticked as read."""
        with self._database.read() as connection:
            return set(connection.scalars(select(READS.c.concept).where(READS.c.owner == owner)))

    # Within

    def _nothing(self, owner: str, title: str, due: bool, kinds: Sequence[Kind]) -> str:
        if kinds and not due:
            return f"There is no question of this kind on {title} ({', '.join(kinds)}): choose other kinds or topics."
        if not due:
            return f"There is no question on {title}: choose another topic."
        query = select(CARDS.c.due).where(CARDS.c.owner == owner).order_by(CARDS.c.due).limit(1)
        with self._database.read() as connection:
            following = connection.scalar(query)
        if following is None:
            return "Nothing is due, as no question was answered yet: begin with an area."
        return (
            f"Nothing is due now; the next question comes again on {following.day} {following:%B %H:%M} UTC. "
            "Choose an area for something new."
        )

    def _kept(self, connection: Connection, owner: str, quiz_id: str, lock: bool = False) -> Running:
        query = select(QUIZZES).where(QUIZZES.c.id == quiz_id)
        row = connection.execute(query.with_for_update() if lock else query).one_or_none()
        if row is None or row.owner != owner:
            raise QuizNotFoundError
        return Running.read(row.content)

    @contextmanager
    def _change(self, owner: str, quiz_id: str) -> Iterator[tuple[Connection, Running]]:
        """Begin a change of a quiz that nobody else changes meanwhile; it is on disk when the block has ended."""
        with self._database.write() as connection:
            quiz = self._kept(connection, owner, quiz_id, lock=True)
            before = quiz.model_dump(mode="json")
            yield connection, quiz
            after = quiz.model_dump(mode="json")
            if after != before:
                values = {"content": after, "finished": int(quiz.open is None)}
                connection.execute(update(QUIZZES).where(QUIZZES.c.id == quiz_id).values(values))

    def _close(self, connection: Connection, owner: str, turn: Turn) -> None:
        """Close a question: note its outcome, and when it comes again."""
        turn.closed = True
        now, question = self._now(), turn.question
        if turn.outcome == "skipped":
            return
        about = {"owner": owner, "question": question.key, "concept": question.concept}
        connection.execute(insert(ANSWERS).values({**about, "at": now, "outcome": turn.outcome}))
        rating = rating_of(turn.outcome, turn.helped)
        if rating is not None:
            mine = (CARDS.c.owner == owner) & (CARDS.c.question == question.key)
            card, due = reviewed(connection.scalar(select(CARDS.c.card).where(mine)), rating, now)
            put(connection, CARDS, {**about, "card": card, "due": due})
            if turn.marked:
                turn.marked = turn.marked.model_copy(update={"next_due": due})

    def _hinted(self, quiz: Running, turn: Turn, number: int, found: Heard) -> tuple[Marked, Quiz]:
        """Answer a wrong try with a further hint, where only hints are given."""
        turn.tries += found.read == "wrong"
        more = turn.hints < len(turn.question.hints)
        turn.hints += more
        said = turn.question.hints[turn.hints - 1] if more else "There are no more hints: try again, or skip it."
        head = "Not yet. " if found.read == "wrong" else ""
        outcome: Outcome = "wrong" if found.read == "wrong" else "unread"
        turn.marked = Marked(number=number, outcome=outcome, given=found.said, explanation=head + said, may_retry=True)
        return turn.marked, quiz.shown
