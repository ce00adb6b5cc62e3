using System.Collections.Immutable;

namespace Tombola.Data.Digits;

/// <summary>Lists how the ten digits are written: two or three ways each.</summary>
/// <remarks>
/// A way of writing is a list of curves; a curve is a list of points x, y in the unit square, y downwards, through
/// which a smooth line is drawn. Where one curve begins at the end of another the pen turns a corner.
/// </remarks>
internal static class DigitSkeletons
{
    private static readonly float[][][][] Table =
    [
        [
            [[.55f, .02f, .27f, .13f, .15f, .5f, .26f, .87f, .5f, .98f, .75f, .86f, .85f, .5f, .74f, .14f, .48f, .03f]],
            [
                [
                    .62f, .1f, .45f, .03f, .3f, .28f, .27f, .62f, .4f, .95f, .6f, .93f,
                    .73f, .6f, .7f, .25f, .55f, .05f, .4f, .1f,
                ],
            ],
        ],
        [
            [[.5f, 0, .5f, 1]],
            [[.28f, .26f, .42f, .14f, .55f, 0], [.55f, 0, .52f, 1]],
            [[.3f, .22f, .52f, 0], [.52f, 0, .52f, .98f], [.28f, 1, .76f, .98f]],
        ],
        [
            [
                [.18f, .26f, .3f, .06f, .55f, 0, .78f, .16f, .74f, .4f, .5f, .7f, .15f, .98f],
                [.15f, .98f, .5f, .95f, .86f, .98f],
            ],
            [
                [
                    .2f, .22f, .42f, .02f, .75f, .12f, .72f, .42f, .45f, .78f, .24f, .95f,
                    .14f, .86f, .3f, .77f, .58f, .93f, .9f, .92f,
                ],
            ],
            [[.2f, .08f, .5f, .02f, .76f, .06f], [.76f, .06f, .5f, .52f, .17f, .96f], [.17f, .96f, .86f, .95f]],
        ],
        [
            [
                [.2f, .12f, .5f, 0, .77f, .14f, .7f, .37f, .42f, .47f],
                [.42f, .47f, .74f, .55f, .84f, .78f, .6f, .98f, .18f, .9f],
            ],
            [[.2f, .04f, .8f, .03f], [.8f, .03f, .46f, .4f], [.46f, .4f, .76f, .5f, .83f, .78f, .52f, 1, .17f, .88f]],
        ],
        [
            [[.25f, .04f, .18f, .56f], [.18f, .56f, .86f, .53f], [.68f, .12f, .64f, 1]],
            [[.66f, 0, .12f, .66f], [.12f, .66f, .88f, .64f], [.66f, 0, .64f, 1]],
            [[.24f, .05f, .2f, .38f, .4f, .54f, .74f, .42f], [.78f, .02f, .72f, .5f, .62f, 1]],
        ],
        [
            [
                [.8f, .03f, .3f, .04f],
                [.3f, .04f, .25f, .45f],
                [.25f, .45f, .55f, .37f, .82f, .6f, .7f, .92f, .4f, 1, .15f, .88f],
            ],
            [[.82f, .05f, .42f, .06f, .27f, .3f, .5f, .45f, .76f, .63f, .64f, .93f, .18f, .93f]],
        ],
        [
            [[.7f, .02f, .4f, .2f, .2f, .6f, .3f, .93f, .6f, 1, .8f, .78f, .65f, .55f, .4f, .58f, .22f, .8f]],
            [[.52f, 0, .32f, .42f, .24f, .8f, .48f, 1, .74f, .82f, .58f, .6f, .28f, .74f]],
        ],
        [
            [[.15f, .06f, .85f, .05f], [.85f, .05f, .62f, .5f, .42f, 1]],
            [[.15f, .06f, .85f, .05f], [.85f, .05f, .6f, .5f, .42f, 1], [.32f, .52f, .74f, .48f]],
            [[.14f, .2f, .2f, .05f, .5f, .08f, .82f, .06f], [.82f, .06f, .56f, .48f, .46f, 1]],
        ],
        [
            [
                [
                    .75f, .16f, .47f, 0, .25f, .2f, .5f, .46f, .78f, .74f, .5f, 1,
                    .22f, .76f, .5f, .47f, .74f, .24f, .68f, .08f,
                ],
            ],
            [
                [.5f, .02f, .27f, .22f, .5f, .45f, .73f, .22f, .5f, .02f],
                [.5f, .45f, .2f, .72f, .5f, 1, .8f, .72f, .5f, .45f],
            ],
        ],
        [
            [[.75f, .2f, .5f, .02f, .23f, .2f, .3f, .45f, .58f, .45f, .76f, .18f], [.76f, .18f, .7f, 1]],
            [[.76f, .22f, .52f, .02f, .24f, .2f, .32f, .46f, .6f, .44f, .77f, .2f, .76f, .6f, .58f, .95f, .25f, .93f]],
        ],
    ];

    private static readonly ImmutableArray<ImmutableArray<DigitOutline>> Outlines =
        [.. Table.Select(ways => ways.Select(curves => new DigitOutline(curves)).ToImmutableArray())];

    /// <summary>Returns the ways of writing a digit.</summary>
    /// <param name="digit">0 to 9.</param>
    internal static ImmutableArray<DigitOutline> Ways(int digit) => Outlines[digit];
}
