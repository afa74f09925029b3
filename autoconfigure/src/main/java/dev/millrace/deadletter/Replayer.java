package dev.millrace.deadletter;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * One replay: some dead letters at a time, each with its entry of the log. It is enough
 * to know the log to go on where another one has ended.
 */
final class Replayer implements Runnable {

	private static final Log logger = LogFactory.getLog(Replayer.class);

	/**
	 * How many are replayed together, unless the rate wants fewer.
	 */
	private static final int CHUNK = 200;

	private static final double CHUNKS_A_SECOND = 5;

	private final List<DeadLetter> chunk = new ArrayList<>();

	private final CountDownLatch cancelled = new CountDownLatch(1);

	private final String id;

	private final ReplayRequest request;

	private final SubscriberEndpoint endpoint;

	private final DeadLetterTopics letters;

	private final ReplayLog log;

	private final Supplier<ReplayTarget> targets;

	private final InstantSource clock;

	private final Instant began;

	private final int chunkSize;

	private volatile Replay.State state = Replay.State.RUNNING;

	private volatile @Nullable Instant ended;

	private volatile long total;

	private volatile long replayed;

	private volatile long exhausted;

	private volatile @Nullable String problem;

	private long firstNanos;

	/**
	 * Create a replay.
	 * @param id its unique id
	 * @param request what is to be replayed
	 * @param endpoint the subscriber whose dead letters they are
	 * @param letters reads them
	 * @param log knows which have been replayed
	 * @param targets makes what the dead letters go to, with the transactional id that
	 * all replays of the subscriber have
	 * @param clock the time
	 */
	Replayer(String id, ReplayRequest request, SubscriberEndpoint endpoint, DeadLetterTopics letters, ReplayLog log,
			Supplier<ReplayTarget> targets, InstantSource clock) {
		this.id = id;
		this.request = request;
		this.endpoint = endpoint;
		this.letters = letters;
		this.log = log;
		this.targets = targets;
		this.clock = clock;
		this.began = now();
		Double rate = request.rate();
		this.chunkSize = (rate != null) ? (int) Math.max(1, Math.min(CHUNK, rate / CHUNKS_A_SECOND)) : CHUNK;
	}

	Replay replay() {
		return new Replay(this.id, this.request.subscriber(), this.request.by(), this.began, this.ended, this.state,
				this.total, this.replayed, this.exhausted, this.problem);
	}

	boolean isRunning() {
		return this.state == Replay.State.RUNNING;
	}

	void cancel() {
		this.cancelled.countDown();
	}

	@Override
	public void run() {
		logger.info("%s: the replay %s of dead letters has begun".formatted(this.endpoint.describe(), this.id));
		// Made first: it waits for the end of what an earlier replay has sent, and from
		// then on that one can't commit any more.
		try (ReplayTarget target = this.targets.get()) {
			this.log.settle(this::isCancelled);
			ReplayedLetters done = this.log.replayed(this::isCancelled);
			read(done, this::count);
			this.firstNanos = System.nanoTime();
			read(done, (letter) -> add(letter, target));
			if (!isCancelled()) {
				write(target);
			}
			end(isCancelled() ? Replay.State.CANCELLED : Replay.State.DONE);
		}
		catch (RuntimeException ex) {
			failed(ex);
		}
		logger.info("%s: the replay %s of dead letters has ended, %s: %d were replayed, %d had been too often"
			.formatted(this.endpoint.describe(), this.id, this.state, this.replayed, this.exhausted));
	}

	private void read(ReplayedLetters done, Predicate<DeadLetter> visitor) {
		if (!isCancelled()) {
			this.letters.read(this.endpoint, done, null, this::isCancelled, visitor);
		}
	}

	private boolean count(DeadLetter letter) {
		if (isMeant(letter) && !isExhausted(letter)) {
			this.total++;
		}
		return !isCancelled();
	}

	private boolean add(DeadLetter letter, ReplayTarget target) {
		if (isMeant(letter)) {
			if (isExhausted(letter)) {
				this.exhausted++;
			}
			else {
				this.chunk.add(letter);
			}
		}
		if (this.chunk.size() >= this.chunkSize) {
			write(target);
			pause();
		}
		return !isCancelled();
	}

	private boolean isMeant(DeadLetter letter) {
		return !letter.replayed() && this.request.filter().matches(letter);
	}

	private boolean isExhausted(DeadLetter letter) {
		return letter.origin().replays() >= this.request.maxReplays();
	}

	private void write(ReplayTarget target) {
		if (!this.chunk.isEmpty()) {
			int done = target.replay(this.chunk, this::isCancelled);
			this.replayed += done;
			// Some may have become dead letters since they were counted.
			this.total = Math.max(this.total, this.replayed);
			if (done < this.chunk.size()) {
				cancel();
			}
			this.chunk.clear();
		}
	}

	private void pause() {
		Double rate = this.request.rate();
		if (rate == null) {
			return;
		}
		long due = this.firstNanos + (long) (this.replayed * TimeUnit.SECONDS.toNanos(1) / rate);
		try {
			this.cancelled.await(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			cancel();
		}
	}

	private static boolean isFence(@Nullable Throwable failure) {
		return failure instanceof ProducerFencedException || failure instanceof InvalidProducerEpochException;
	}

	private boolean isCancelled() {
		return this.cancelled.getCount() == 0;
	}

	private void end(Replay.State state) {
		this.ended = now();
		this.state = state;
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

	private void failed(RuntimeException failure) {
		this.problem = (isFence(failure) || isFence(failure.getCause())) ? "Another replay of the subscriber has begun"
				: failure.toString();
		end(Replay.State.FAILED);
		logger.warn("%s: the replay %s of dead letters has failed; what it has not replayed can be replayed by another"
			.formatted(this.endpoint.describe(), this.id), failure);
	}

}
