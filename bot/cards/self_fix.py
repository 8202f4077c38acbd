"""Found and fixed on the spot, on the collector's form: what is still to be shown, and the tap."""

from collections.abc import Iterator

from bot.cards.choices import Rows
from bot.cards.setting import Setting
from bot.chat import Weight
from bot.sheet import Choice, Touch
from workflows.hotline.intake import Intake
from workflows.rails import Offer


def photos_lacking(intake: Intake, setting: Setting) -> int:
    """How many photos of it as it is now are still to come."""
    condition = setting.condition(intake.condition_id)
    needed = max(condition.photo_min, 1) if condition else 1
    return max(needed - len(intake.after), 0)


def fixed_lines(intake: Intake, setting: Setting) -> Iterator[str]:
    """That it is fixed, with how many photos to show for it."""
    if not intake.fixed:
        return
    tongue, lacking = setting.tongue, photos_lacking(intake, setting)
    yield tongue("🧹 Fixed on the spot, {n} photos of it now", n=len(intake.after))
    if lacking:
        yield tongue("📷 Still {n} to come: the same view, as it is now", n=lacking)


def fixed_rows(intake: Intake, setting: Setting, *, complete: bool) -> Rows:
    """The second tap, once everything is there."""
    if not intake.fixed or not complete or photos_lacking(intake, setting):
        return ()
    return (
        (Choice(setting.tongue("✅ Fixed, close it"), Offer(Touch.CLOSE_FIXED), Weight.PRIMARY),),
    )


def fix_choice(setting: Setting) -> Choice:
    """The first tap: photos from now on show it as it is now."""
    return Choice(setting.tongue("🧹 I fixed it"), Offer(Touch.FIXED))
