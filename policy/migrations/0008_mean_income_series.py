"""The mean yearly income of community workers is a series: awards are shares of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policy", "0007_authority_above_place"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="indexvalue",
            name="index_series_known",
        ),
        migrations.AlterField(
            model_name="indexvalue",
            name="series",
            field=models.CharField(
                choices=[
                    ("average_sale_price", "商品房平均销售价格"),
                    ("average_rent", "平均租金"),
                    ("disposable_income", "城镇居民人均可支配收入"),
                    ("average_wage", "社会平均工资"),
                    ("mean_yearly_income", "社区工作者人均年收入"),
                    ("natural_growth", "工作经费自然增长率"),
                ],
                max_length=32,
                verbose_name="序列",
            ),
        ),
        migrations.AlterField(
            model_name="indexvalueevent",
            name="series",
            field=models.CharField(
                choices=[
                    ("average_sale_price", "商品房平均销售价格"),
                    ("average_rent", "平均租金"),
                    ("disposable_income", "城镇居民人均可支配收入"),
                    ("average_wage", "社会平均工资"),
                    ("mean_yearly_income", "社区工作者人均年收入"),
                    ("natural_growth", "工作经费自然增长率"),
                ],
                max_length=32,
                verbose_name="序列",
            ),
        ),
        migrations.AddConstraint(
            model_name="indexvalue",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "series__in",
                        [
                            "average_sale_price",
                            "average_rent",
                            "disposable_income",
                            "average_wage",
                            "mean_yearly_income",
                            "natural_growth",
                        ],
                    )
                ),
                name="index_series_known",
            ),
        ),
    ]
