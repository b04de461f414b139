using Lethe.Numerics.Autodiff;
using Lethe.Numerics.Layers;
using Lethe.Numerics.Ops;
using Lethe.Numerics.Optimisers;
using Lethe.Numerics.Randomness;
using Lethe.Numerics.Tensors;
using Lethe.Numerics.Training;
using Lethe.Synthesis.Series.Encoding;
using Lethe.Synthesis.Series.Training;

namespace Lethe.Synthesis.Series.Kovae;

/// <summary>One Adam step on <see cref="KovaeLoss"/> per batch. Batches and noise of a step follow from its number.</summary>
internal sealed class KovaeTrainer : TrainingLoop
{
    private const string Reconstruction = "reconstruction", Divergence = "divergence", Masks = "masks", Koopman = "koopman";
    private const int ValidationBatch = 128;

    private readonly Tape _tape = new();
    private readonly KovaeEncoder _encoder;
    private readonly KovaeBatches _batches;
    private readonly EpochBatches _epochs;
    private readonly KovaeWeights _weights;
    private readonly KovaeSettings _settings;
    private readonly Adam _adam;
    private readonly Seed _noise, _validationNoise;
    private readonly int[] _train, _heldOut, _batch;

    /// <param name="batches">All stays.</param>
    /// <param name="width">Columns of a step D.</param>
    /// <param name="statics">Numbers that a stay is given.</param>
    /// <param name="train">Positions of the stays that train.</param>
    /// <param name="heldOut">Positions of those that validate; may be empty.</param>
    /// <param name="epochs">Batches over the training stays.</param>
    /// <param name="settings">Resolved settings.</param>
    /// <param name="weights">Weights of the loss.</param>
    /// <param name="seed">Of weights and noise.</param>
    public KovaeTrainer(KovaeBatches batches, int width, int statics, int[] train, int[] heldOut, EpochBatches epochs, KovaeSettings settings, KovaeWeights weights, Seed seed)
    {
        (_batches, _train, _heldOut, _epochs, _settings, _weights) = (batches, train, heldOut, epochs, settings, weights);
        _encoder = new KovaeEncoder(width + statics, settings.Sizes, seed.Derive("encoder"));
        Generator = new KovaeGenerator(width, statics, settings.Sizes, seed.Derive("generator"));
        _adam = new Adam([.. _encoder.Parameters, .. Generator.Parameters], new AdamOptions { LearningRate = settings.Rate.At(0) });
        (_noise, _validationNoise) = (seed.Derive("noise"), seed.Derive("validation"));
        _batch = new int[epochs.Size];
    }

    /// <summary>What sampling uses.</summary>
    public KovaeGenerator Generator { get; }

    /// <summary>How values spread around the decoder's, after training: each stay is coded by one draw of its posterior.</summary>
    /// <param name="encoder">Knows the columns.</param>
    /// <param name="data">The stays that the batches are of.</param>
    /// <param name="seed">Of the draws.</param>
    public CellNoise FitNoise(SeriesEncoder encoder, SeriesData data, Seed seed)
    {
        int[] channels = encoder.NumericChannels;
        CellResiduals residuals = new(data.Count, data.Steps, channels.Length);
        _encoder.Evaluate();
        _tape.Recording = false;
        for (int first = 0; first < data.Count; first += ValidationBatch)
        {
            int[] stays = [.. Enumerable.Range(first, Math.Min(ValidationBatch, data.Count - first))];
            _tape.Reset();
            KovaeBatch batch = _batches.On(_tape, stays);
            Tensor noise = _tape.Input(new Shape(batch.Rows.Count, _settings.Sizes.Latent));
            seed.Derive("batch", first).Stream("gaussian").FillGaussian(noise.Values);
            Tensor z = batch.Rows.Spread(_encoder.Forward(batch.Inputs, batch.Rows).SampleGaussian(noise));
            Tensor given = batch.Rows.Spread(Generator.Decode(z, batch.Statics, batch.Rows).Sigmoid());
            foreach (int stay in stays)
            {
                int size = data.Steps * data.Width;
                ReadOnlySpan<float> truth = data[stay], mean = given.Values.Slice((stay - first) * size, size);
                for (int t = 0; t < data.Lengths[stay]; t++)
                {
                    for (int c = 0; c < channels.Length; c++)
                    {
                        int row = t * data.Width, at = row + encoder.ValueOf(channels[c]).First;
                        if (!encoder.HasMask || truth[row + encoder.ValueWidth + channels[c]] != 0)
                            residuals.Set(stay, t, c, CellNoise.Score(truth[at]) - CellNoise.Score(mean[at]));
                    }
                }
            }
        }

        _tape.Recording = true;
        return residuals.Fit();
    }

    protected override IReadOnlyList<Module> Kept => [_encoder, Generator];

    protected override IReadOnlyList<string> LossNames => [Reconstruction, Divergence, Masks, Koopman];

    protected override void Register(Checkpoint checkpoint) => checkpoint.Add("encoder", _encoder).Add("generator", Generator).Add("adam", _adam);

    protected override void Step(long step)
    {
        _epochs.Fill(step, _batch);
        for (int i = 0; i < _batch.Length; i++)
            _batch[i] = _train[_batch[i]];
        _tape.Reset();
        KovaeLoss loss = LossOf(_batch, _noise.Derive("step", step).Stream("gaussian"));
        _tape.Backward(loss.Total);
        Add(Reconstruction, loss.Reconstruction.Item);
        Add(Divergence, loss.Divergence.Item);
        if (loss.Masks is not null)
            Add(Masks, loss.Masks.Item);
        if (loss.Koopman is not null)
            Add(Koopman, loss.Koopman.Item);
        _adam.LearningRate = _settings.Rate.At(step);
        _adam.Step();
    }

    protected override double Validate()
    {
        if (_heldOut.Length == 0)
            return double.NaN;
        _encoder.Evaluate();
        _tape.Recording = false;
        double sum = 0;
        for (int first = 0; first < _heldOut.Length; first += ValidationBatch)
        {
            int[] stays = _heldOut[first..Math.Min(first + ValidationBatch, _heldOut.Length)];
            _tape.Reset();
            KovaeLoss loss = LossOf(stays, _validationNoise.Derive("batch", first).Stream("gaussian"));
            sum += loss.Total.Item * stays.Length;
        }

        _tape.Recording = true;
        _encoder.Train();
        return sum / _heldOut.Length;
    }

    private KovaeLoss LossOf(ReadOnlySpan<int> stays, RandomStream stream)
    {
        KovaeBatch batch = _batches.On(_tape, stays);
        int k = _settings.Sizes.Latent;
        Tensor posterior = _tape.Input(new Shape(batch.Rows.Count, k)), prior = _tape.Input(new Shape(stays.Length, batch.Rows.Steps, k));
        stream.FillGaussian(posterior.Values);
        stream.FillGaussian(prior.Values);
        return KovaeLoss.Of(_encoder, Generator, batch, posterior, prior, _weights);
    }
}
