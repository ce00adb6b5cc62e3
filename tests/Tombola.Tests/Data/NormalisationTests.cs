using System.Text.Json.Nodes;
using Tombola.Data;
using Tombola.Formats;
using Tombola.Tensors;

namespace Tombola.Tests.Data;

public sealed class NormalisationTests
{
    [Fact]
    public void Statistics_are_those_of_the_definition()
    {
        var images = Images.Random(30, new Shape(5, 5));
        var units = images.Pixels.ToArray().Select(pixel => pixel / 255.0).ToArray();
        var mean = units.Average();
        var deviation = Math.Sqrt(units.Average(unit => (unit - mean) * (unit - mean)));
        var computed = Normalisation.Of(images);
        ((double)computed.Mean).ShouldBe(mean, 1e-6);
        ((double)computed.Deviation).ShouldBe(deviation, 1e-6);
    }

    [Fact]
    public void Scale_and_offset_apply_the_definition()
    {
        var normalisation = new Normalisation(0.25f, 0.5f);
        ((double)((normalisation.Scale * 255) + normalisation.Offset)).ShouldBe(1.5, 1e-6);
        ((double)normalisation.Offset).ShouldBe(-0.5, 1e-6);
        (Normalisation.Unit.Scale * 255).ShouldBe(1f);
        Normalisation.Unit.Offset.ShouldBe(0f);
    }

    [Fact]
    public void Standard_takes_the_published_numbers_or_computes_them()
    {
        var images = Images.Random(30, new Shape(5, 5));
        Normalisation.Named("unit", new DataSet("mnist", images, images)).ShouldBe(Normalisation.Unit);
        Normalisation.Named("standard", new DataSet("mnist", images, images)).Mean.ShouldBe(0.1307f);
        Normalisation.Named("standard", new DataSet("my/folder", images, images)).ShouldBe(Normalisation.Of(images));
    }

    [Fact]
    public void Pixels_become_the_same_bits_as_in_a_batch()
    {
        var (images, normalisation) = (Images.Random(1, new Shape(5, 5)), new Normalisation(0.1307f, 0.3081f));
        var (batch, inputs) = (new float[25 * BatchAssembler.Padded(1)], new float[26]);
        new BatchAssembler(images, normalisation).Assemble([0], batch, new int[1]);
        normalisation.Apply(images.Pixels.Span, inputs);
        inputs[..25].ShouldBe(batch.Where((_, i) => i % BatchAssembler.Padded(1) == 0));
        inputs[25].ShouldBe(0, "what is beyond the pixels is left alone");
    }

    [Fact]
    public void An_unknown_name_is_refused()
    {
        var images = Images.Random(3, new Shape(5, 5));
        Should.Throw<InputException>(() => Normalisation.Named("standart", new DataSet("x", images, images)))
            .Message.ShouldBe("Unknown normalisation 'standart'. Did you mean 'standard'? Known: unit, standard.");
    }

    [Theory]
    [InlineData(0.1f, 0f)]
    [InlineData(0.1f, -1f)]
    [InlineData(float.NaN, 1f)]
    [InlineData(0f, float.PositiveInfinity)]
    public void Numbers_that_cannot_normalise_are_refused(float mean, float deviation) =>
        Should.Throw<InputException>(() => new Normalisation(mean, deviation));

    [Fact]
    public void Equal_pixels_cannot_be_standardised() =>
        Should.Throw<InputException>(
            () => Normalisation.Of(new ImageSet("flat", new Shape(1, 2), 2, new byte[] { 9, 9 }, new byte[1])));

    [Fact]
    public void Channels_have_their_own_mean_and_deviation()
    {
        var images = Images.Random(20, new Shape(3, 4, 5));
        var computed = Normalisation.Of(images);
        computed.Channels!.Count.ShouldBe(3);
        for (var channel = 0; channel < 3; channel++)
        {
            var pixels = images.Pixels.ToArray().Where((_, i) => i / 20 % 3 == channel);
            var values = pixels.Select(pixel => pixel / 255.0).ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            ((double)computed.Channels[channel].Mean).ShouldBe(mean, 1e-6);
            ((double)computed.Channels[channel].Deviation).ShouldBe(deviation, 1e-6);
        }

        Normalisation.Of(Images.Random(5, new Shape(1, 4, 5))).Channels.ShouldBeNull();
    }

    [Fact]
    public void Cifar_is_standardised_by_the_usual_numbers()
    {
        var images = Images.Random(1, new Shape(3, 32, 32));
        Normalisation.Named("standard", new DataSet("cifar-10", images, images)).ShouldBe(Normalisation.ByChannel(
            new(0.4914f, 0.2470f), new(0.4822f, 0.2435f), new(0.4465f, 0.2616f)));
    }

    [Fact]
    public void Channels_stand_in_recipes_beside_what_was_there_and_are_read_back()
    {
        var byChannel = Normalisation.ByChannel(new(0.5f, 0.25f), new(0.25f, 0.5f));
        var written = CanonicalJson.Write(byChannel, Normalisation.Unit);
        written.ShouldBe(
            "{\"channels\":[{\"deviation\":0.25,\"mean\":0.5,\"offset\":-2,\"scale\":0.015686275},"
            + "{\"deviation\":0.5,\"mean\":0.25,\"offset\":-0.5,\"scale\":0.007843138}]}");
        var back = CanonicalJson.Read<Normalisation>(JsonNode.Parse(written)!, "recipe");
        back.ShouldBe(byChannel);
        CanonicalJson.Read<Normalisation>(JsonNode.Parse(CanonicalJson.Pretty(byChannel))!, "recipe").ShouldBe(back);
        back.GetHashCode().ShouldBe(byChannel.GetHashCode());
        back.ShouldNotBe(Normalisation.Unit);
        Normalisation.Unit.ShouldNotBe(back);
        CanonicalJson.Pretty(Normalisation.Unit).ShouldNotContain("channels");
    }

    [Fact]
    public void Channels_that_do_not_fit_are_refused()
    {
        Should.Throw<ArgumentException>(() => Normalisation.ByChannel());
        var two = Normalisation.ByChannel(Normalisation.Unit, Normalisation.Unit);
        Should.Throw<ArgumentException>(() => Normalisation.ByChannel(two));
        Should.Throw<InputException>(() => new BatchAssembler(Images.Random(1, new Shape(3, 4, 4)), two))
            .Message.ShouldContain("A normalisation of 2 channels does not fit examples of [3, 4, 4]");
    }
}
