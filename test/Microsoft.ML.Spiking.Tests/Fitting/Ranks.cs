using System.Runtime.InteropServices;

namespace Microsoft.ML.Spiking.Tests.Fitting;

/// <summary>Threads that train together as processes do, each with a communicator of its own; what they send goes through memory.</summary>
internal sealed class Ranks : IDisposable
{
    private readonly byte[][] _sent;
    private readonly Barrier _barrier;
    private readonly CancellationTokenSource _ended = new();
    private volatile string? _reason;

    private Ranks(int size) => (_sent, _barrier) = (new byte[size][], new Barrier(size));

    /// <summary>What each of them comes to.</summary>
    /// <param name="size">How many.</param>
    /// <param name="work">What each does.</param>
    public static T[] Run<T>(int size, Func<TrainingCommunicator, T> work)
    {
        var results = new T[size];
        Exception?[] failures = Failures(size, communicator => results[communicator.Rank] = work(communicator));
        if (failures.FirstOrDefault(failure => failure is not null and not EndedException) is { } failure) throw failure;
        return results;
    }

    /// <summary>How each of them fails; null where it does not.</summary>
    public static Exception?[] Failures(int size, Action<TrainingCommunicator> work)
    {
        using var ranks = new Ranks(size);
        var failures = new Exception?[size];
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                work(new Communicator(ranks, rank));
            }
            catch (Exception failure)
            {
                failures[rank] = failure;
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) Assert.IsTrue(thread.Join(TimeSpan.FromSeconds(60)), "one waits for ever");
        return failures;
    }

    public void Dispose()
    {
        _barrier.Dispose();
        _ended.Dispose();
    }

    /// <summary>Another has ended all.</summary>
    internal sealed class EndedException(string reason) : Exception(reason);

    private sealed class Communicator(Ranks ranks, int rank) : TrainingCommunicator
    {
        public override int Rank => rank;

        public override int Size => ranks._sent.Length;

        internal override string Said => $"{Size} threads";

        internal override void Gather(ReadOnlySpan<byte> own, Span<byte> all)
        {
            byte[][] sent = Meet(own);
            foreach (byte[] bytes in sent) Assert.AreEqual(own.Length, bytes.Length, "all send as much");
            for (int other = 0; other < Size; other++) sent[other].CopyTo(all[(other * own.Length)..]);
        }

        internal override void Exchange(ReadOnlySpan<float> parts, Span<float> received)
        {
            byte[][] sent = Meet(MemoryMarshal.AsBytes(parts));
            Span<byte> all = MemoryMarshal.AsBytes(received);
            int part = all.Length / Size;
            for (int other = 0; other < Size; other++) sent[other].AsSpan(rank * part, part).CopyTo(all[(other * part)..]);
        }

        internal override void Sum(Span<float> numbers)
        {
            byte[][] sent = Meet(MemoryMarshal.AsBytes(numbers));
            numbers.Clear();
            foreach (byte[] bytes in sent)
            {
                ReadOnlySpan<float> terms = MemoryMarshal.Cast<byte, float>(bytes);
                for (int i = 0; i < numbers.Length; i++) numbers[i] += terms[i];
            }
        }

        internal override void Abort(string reason)
        {
            ranks._reason ??= reason;
            ranks._ended.Cancel();
        }

        private byte[][] Meet(ReadOnlySpan<byte> own)
        {
            ranks._sent[rank] = own.ToArray();
            Wait();
            byte[][] sent = [.. ranks._sent];
            Wait();
            return sent;
        }

        private void Wait()
        {
            try
            {
                ranks._barrier.SignalAndWait(ranks._ended.Token);
            }
            catch (OperationCanceledException)
            {
                throw new EndedException(ranks._reason!);
            }
        }
    }
}
