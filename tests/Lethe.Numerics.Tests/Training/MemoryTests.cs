using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Threading;
using Lethe.Numerics.Training;

namespace Lethe.Numerics.Tests.Training;

/// <summary>Alone, because other tests' garbage shows in the heap's size.</summary>
[Collection(nameof(MemoryTests))]
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
public sealed class MemoryTests
{
    [Fact]
    public void A_warm_step_allocates_less_than_a_kilobyte_per_layer()
    {
        using ComputeThreads.Scope scope = ComputeThreads.Limit(1);
        Mlp model = new(20, [64, 64, 64], 1, new Seed(1), dropout: 0.2);
        Adam adam = new(model.Parameters);
        Tape tape = new();
        for (int i = 0; i < 20; i++)
            Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++)
            Step();
        long perStep = (GC.GetAllocatedBytesForCurrentThread() - before) / 10;
        Assert.True(perStep < 4 * 1024, $"{perStep} bytes per step of 4 layers");

        void Step()
        {
            tape.Reset();
            Tensor x = tape.Constant(new Shape(64, 20), 0.5f);
            tape.Backward(model.Forward(x).BinaryCrossEntropyWithLogits(1).Mean());
            adam.Step();
        }
    }

    [Theory]
    [InlineData(50)]
    [InlineData(700)]
    [InlineData(3000)]
    public void Foreseen_memory_is_within_thirty_percent_of_what_the_heap_shows(int batch)
    {
        StepMemory foreseen = StepMemory.Foresee(new Model().Run, batch, new Model().Parameters);
        Model model = new();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Tape tape = new();
        Adam adam = new(model.Parameters);
        tape.Reserve(foreseen.TensorBytes);
        model.Run(tape, batch);
        adam.Step();
        long after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(tape);
        GC.KeepAlive(adam);
        long seen = after - before + model.Parameters.Sum(parameter => parameter.Length * sizeof(float));
        Assert.InRange(foreseen.TensorBytes, tape.PeakBytes * 0.98, tape.PeakBytes * 1.1);
        Assert.InRange(foreseen.TotalBytes, seen * 0.7, seen * 1.3);
    }

    [Fact]
    public void Largest_batch_fits_and_is_not_small()
    {
        const long Bytes = 20 << 20;
        Model model = new();
        int batch = StepMemory.LargestBatch(new Model().Run, Bytes, model.Parameters);
        Assert.InRange(StepMemory.Foresee(new Model().Run, batch, model.Parameters).TotalBytes, Bytes * 0.98, Bytes);
        Assert.Equal(0, StepMemory.LargestBatch(new Model().Run, 1000, model.Parameters));
    }

    private sealed class Model
    {
        private readonly Mlp _mlp = new(30, [128, 96], 5, new Seed(1), Activation.Silu);

        public IReadOnlyList<Parameter> Parameters => _mlp.Parameters;

        public void Run(Tape tape, int examples)
        {
            Tensor x = tape.Constant(new Shape(examples, 30), 0.1f);
            tape.Backward(_mlp.Forward(x).Softmax().SquaredError(tape.Constant(new Shape(examples, 5), 0)).Mean());
        }
    }
}
