using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Losses;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Synthesis.Tabular.Adversarial;

namespace Lethe.Synthesis.Tabular.Ctgan;

/// <summary>
/// One step, in the order of the published code: critic on generated rows with condition c and on real rows that match the
/// same conditions permuted, L_D = mean f(fake) − mean f(real) + λ·mean(‖∇f(x̂)‖ − 1)² over packs, λ = 10; then
/// generator on fresh noise and conditions, L_G = −mean f(fake) + CE(condition).
/// </summary>
internal sealed class CtganTrainer : AdversarialTrainer
{
    private const float Lambda = 10;
    private const float Temperature = 0.2f;

    private readonly Tape _tape = new();
    private readonly CtganGenerator _generator;
    private readonly CtganCritic _critic;
    private readonly Adam _generatorAdam, _criticAdam;
    private readonly TrainingRows _rows;
    private readonly ConditionSampler _conditions;
    private readonly CtganSettings _settings;
    private readonly OutputBlock[] _blocks;
    private readonly int _criticSteps;
    private readonly int[] _batch, _order;
    private readonly (int Block, int Level)[] _drawn;
    private readonly float[] _mix;
    private readonly int[] _ones, _wantedOnes, _fakeOnes, _realOnes;
    private readonly OneHotRows? _condition, _wanted, _fakeConditions, _realConditions; // of rows, as input and as target; of packs

    public CtganTrainer(TrainingRows rows, ConditionSampler conditions, CtganOptions options, CtganSettings settings, Seed seed)
    {
        (_rows, _conditions, _settings, _criticSteps) = (rows, conditions, settings, options.CriticSteps);
        _blocks = OutputLayout.Of(rows.Encoder);
        int width = rows.Encoder.Width;
        _generator = new CtganGenerator(settings.Noise + conditions.Width, options.Generator, width, seed.Derive("generator"));
        _critic = new CtganCritic(settings.Pac * (width + conditions.Width), options.Critic, settings.Dropout, seed.Derive("critic"));
        AdamOptions adam = new() { LearningRate = options.LearningRate, Beta1 = 0.5, Beta2 = 0.9, L2 = options.WeightDecay };
        _generatorAdam = new Adam(_generator.Parameters, adam);
        _criticAdam = new Adam(_critic.Parameters, adam);
        _batch = new int[settings.Batch];
        _order = new int[settings.Batch];
        _drawn = new (int, int)[settings.Batch];
        _mix = new float[settings.Batch / settings.Pac];
        (_ones, _wantedOnes, _fakeOnes, _realOnes) = (new int[settings.Batch], new int[settings.Batch], new int[settings.Batch], new int[settings.Batch]);
        if (conditions.Width > 0)
        {
            _condition = new OneHotRows(_ones, conditions.Width);
            _wanted = new OneHotRows(_wantedOnes, width);
            _fakeConditions = new OneHotRows(_fakeOnes, settings.Pac * conditions.Width, settings.Pac);
            _realConditions = new OneHotRows(_realOnes, settings.Pac * conditions.Width, settings.Pac);
        }

        Streams = new[] { "batch", "condition", "noise", "gumbel", "dropout", "penalty" }.ToDictionary(name => name, name => seed.Stream(name));
    }

    public CtganGenerator Network => _generator;

    protected override Module Generator => _generator;

    protected override Module Critic => _critic;

    protected override IReadOnlyList<Optimiser> Optimisers => [_generatorAdam, _criticAdam];

    protected override IDictionary<string, RandomStream> Streams { get; }

    protected override (string Critic, string Generator) LossNames => ("critic loss", "generator loss");

    protected override (double Critic, double Generator) Step()
    {
        double critic = 0;
        for (int i = 0; i < _criticSteps; i++)
            critic = CriticStep();
        return (critic, GeneratorStep());
    }

    private double CriticStep()
    {
        _tape.Reset();
        DrawConditions();
        _tape.Recording = false; // the critic's step asks nothing of the generator
        Tensor fake = Packs(Generate(out _));
        _tape.Recording = true;
        Tensor real = RealPacks();
        for (int i = 0; i < _mix.Length; i++)
            _mix[i] = Streams["penalty"].NextSingle();
        Tensor loss = _critic.Loss(fake, _fakeConditions, real, _realConditions, _mix, Streams["dropout"], Lambda);
        _tape.Backward(loss, _critic.Parameters);
        double value = loss.Item;
        _criticAdam.Step();
        return value;
    }

    private double GeneratorStep()
    {
        _tape.Reset();
        DrawConditions();
        Tensor fake = Generate(out Tensor logits);
        Tensor loss = -_critic.Forward(Packs(fake), _fakeConditions, Streams["dropout"]).Mean();
        if (_wanted is not null)
            loss += logits.BlockCrossEntropy(_wanted, _blocks).Mean();
        _tape.Backward(loss, _generator.Parameters);
        double value = loss.Item;
        _generatorAdam.Step();
        return value;
    }

    /// <summary>Draws one condition a row.</summary>
    private void DrawConditions()
    {
        if (_condition is null)
            return;
        for (int i = 0; i < _drawn.Length; i++)
        {
            _drawn[i] = _conditions.DrawForTraining(Streams["condition"]);
            _ones[i] = _conditions.InCondition(_drawn[i]);
            _wantedOnes[i] = _conditions.InRow(_drawn[i]);
            _fakeOnes[i] = InPack(i, _drawn[i]);
        }
    }

    private Tensor Generate(out Tensor logits)
    {
        Tensor z = _tape.Gaussian(new Shape(_batch.Length, _settings.Noise), Streams["noise"]);
        logits = _generator.Forward(z, _condition);
        return logits.ActivateBlocks(_blocks, Temperature, Streams["gumbel"]);
    }

    /// <summary>Real rows that have the drawn levels, in permuted order, as packs; their conditions go to <see cref="_realConditions"/>.</summary>
    private Tensor RealPacks()
    {
        if (_condition is null)
        {
            _rows.Draw(_batch, Streams["batch"]);
            return Packs(_rows.Batch(_tape, _batch));
        }

        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        Streams["batch"].Shuffle<int>(_order);
        for (int i = 0; i < _batch.Length; i++)
        {
            (int Block, int Level) wanted = _drawn[_order[i]];
            _batch[i] = _conditions.DrawRow(wanted, Streams["batch"]);
            _realOnes[i] = InPack(i, wanted);
        }

        return Packs(_rows.Batch(_tape, _batch));
    }

    /// <summary>[batch, D] → [batch/pac, pac·D].</summary>
    private Tensor Packs(Tensor rows) => rows.Reshape(new Shape(_batch.Length / _settings.Pac, _settings.Pac * rows.Shape.Columns));

    /// <summary>Position of the condition of a row among the conditions of its pack.</summary>
    private int InPack(int row, (int Block, int Level) condition) => (row % _settings.Pac * _conditions.Width) + _conditions.InCondition(condition);
}
